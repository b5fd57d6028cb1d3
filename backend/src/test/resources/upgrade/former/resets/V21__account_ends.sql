-- Whether the link takes the second factor away as well, when it is used.
alter table password_reset add column without_second_factor boolean not null default false;
