-- What people sign in with instead of a password: each is the public half of a key that their device keeps.
create table passkey (
    id            uuid        primary key,
    owner_id      uuid        not null references account on delete cascade,
    name          text        not null,
    -- As the device names it, in base64url.
    credential_id text        not null constraint passkey_of_one unique,
    -- The device's kind, the credential's id and its public key as the device attested them, in base64url.
    credential    text        not null,
    -- How often it has signed, as it says; 0 for ever where it does not count.
    counter       bigint      not null,
    -- Whether it may be on several devices, and whether it is.
    may_be_copied boolean     not null,
    is_copied     boolean     not null,
    created_at    timestamptz not null,
    last_used_at  timestamptz
);

create index passkey_owner on passkey (owner_id);

-- What a device is to sign, once, in the browser that has the secret of this hash.
create table passkey_challenge (
    binding    bytea       primary key,
    -- Whose new passkey it is for; null: somebody wants to sign in.
    owner_id   uuid        references account on delete cascade,
    challenge  text        not null,
    expires_at timestamptz not null
);

create index passkey_challenge_owner on passkey_challenge (owner_id);
create index passkey_challenge_expires on passkey_challenge (expires_at);
