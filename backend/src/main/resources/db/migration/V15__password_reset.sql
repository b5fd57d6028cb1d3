-- Links with which somebody who has forgotten their password chooses another one. Only hashes, each good for one time.
create table password_reset (
    hash       bytea       primary key,
    owner_id   uuid        not null references account on delete cascade,
    expires_at timestamptz not null
);

create index password_reset_owner on password_reset (owner_id);
create index password_reset_expires on password_reset (expires_at);
