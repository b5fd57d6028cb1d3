-- Whether the link takes the second factor away as well, when it is used.
alter table password_reset add column without_second_factor boolean not null default false;

-- A key may end more than once: with its account closed, and, opened again, by itself.
alter table api_key_end drop constraint api_key_end_pkey;
