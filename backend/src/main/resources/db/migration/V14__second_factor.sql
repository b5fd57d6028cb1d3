-- The second factor: codes that a person's device computes from a secret, and single-use codes for when it is lost.
create table second_factor (
    owner_id   uuid        primary key references account on delete cascade,
    -- Encrypted with SECRET_KEY.
    secret     text        not null,
    created_at timestamptz not null,
    -- Null until a code has shown that the device has the secret: before that nothing is asked at sign-in.
    enabled_at timestamptz,
    -- The latest period of 30 seconds whose code was accepted: neither it nor an earlier one is good again.
    last_step  bigint      not null default 0
);

create table recovery_code (
    owner_id uuid  not null references account on delete cascade,
    hash     bytea not null,
    primary key (owner_id, hash)
);

-- Who has said their password and not yet their code.
create table sign_in_challenge (
    hash       bytea       primary key,
    owner_id   uuid        not null references account on delete cascade,
    expires_at timestamptz not null,
    attempts   integer     not null default 0
);

create index sign_in_challenge_owner on sign_in_challenge (owner_id);
create index sign_in_challenge_expires on sign_in_challenge (expires_at);
