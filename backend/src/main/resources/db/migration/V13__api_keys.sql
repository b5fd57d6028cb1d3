-- Personal API keys: what programs sign in with. Only hashes; a key has 256 random bits, so that a plain one is enough.
create table api_key (
    id           uuid        primary key,
    owner_id     uuid        not null references account on delete cascade,
    name         text        not null,
    prefix       text        not null,
    hash         bytea       not null unique,
    scopes       text[]      not null,
    created_at   timestamptz not null,
    expires_at   timestamptz,
    last_used_at timestamptz
);

create index api_key_owner on api_key (owner_id, id desc);
create index api_key_expires on api_key (expires_at) where expires_at is not null;

-- Which keys were deleted lately, and nothing else of them: every node closes what is open in their names.
create table api_key_end (
    id       uuid        primary key,
    ended_at timestamptz not null
);

create index api_key_end_ended on api_key_end (ended_at);
