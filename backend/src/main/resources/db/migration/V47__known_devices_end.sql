-- How often all that a browser may keep of an account was made void: what it was given under another number says nothing.
create table device_epoch (
    owner_id uuid primary key references account on delete cascade,
    epoch bigint not null
);
