-- Accounts and how people sign in to them. Each table names its owner's account, and goes with it.

-- email_key and username_key are what is compared: folded by the application, so that no database locale decides
-- whether two names are the same.
create table account (
    id           uuid        primary key,
    email        text        not null,
    email_key    text        not null constraint account_email_taken unique,
    username     text        not null,
    username_key text        not null constraint account_username_taken unique,
    first_name   text        not null default '',
    last_name    text        not null default '',
    is_active    boolean     not null default true,
    is_staff     boolean     not null default false,
    date_joined  timestamptz not null,
    last_login   timestamptz,
    preferences  jsonb       not null default '{}'
);

create table password (
    owner_id   uuid        primary key references account on delete cascade,
    hash       text        not null,
    changed_at timestamptz not null
);

-- A signed-in device. It outlives its end (and its account, then without a name), because every node has to learn that
-- its access tokens are void, and a stolen refresh token has to be recognised.
create table session (
    id           uuid        primary key,
    owner_id     uuid        references account on delete set null,
    created_at   timestamptz not null,
    last_used_at timestamptz not null,
    expires_at   timestamptz not null,
    ip           text        not null,
    user_agent   text        not null,
    -- In the database's time: the nodes that ask for what ended lately may disagree about theirs.
    ended_at     timestamptz
);

create index session_open on session (owner_id, last_used_at desc, id desc) where ended_at is null;
create index session_ended on session (ended_at) where ended_at is not null;
create index session_expires on session (expires_at);

-- Only hashes, the used ones too: a used token that is presented again ends its session.
create table refresh_token (
    hash       bytea       primary key,
    session_id uuid        not null references session on delete cascade,
    expires_at timestamptz not null,
    used_at    timestamptz
);

create index refresh_token_session on refresh_token (session_id);
