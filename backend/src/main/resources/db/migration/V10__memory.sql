-- What is remembered of people. Nothing here is the only copy of a message: turns are an index of them.

-- Whoever writes what is remembered of a person holds this row: so contradictions are settled one after the other, and
-- numbers (seq) become visible in their order, which those who read what is new rely on.
create table memory_owner (
    owner_id     uuid   primary key references account on delete cascade,
    -- Raised when something is taken away or changed: who holds a copy of the index reads it anew.
    epoch        bigint not null default 0,
    -- Messages up to this one are forgotten: ids are UUIDv7.
    forgotten_to uuid,
    -- Up to this message the turns were indexed that nothing had indexed before.
    indexed_to   uuid
);

create sequence memory_seq;

create table memory (
    id            uuid        primary key,
    owner_id      uuid        not null references account on delete cascade,
    content       text        not null,
    kind          text        not null check (kind in ('fact', 'preference', 'event', 'plan', 'instruction')),
    -- What it says something of, where only one thing can be true at a time ("home.city").
    slot          text,
    status        text        not null check (status in ('active', 'superseded', 'merged', 'pending', 'rejected')),
    superseded_by uuid        references memory on delete set null deferrable initially deferred,
    valid_from    timestamptz not null,
    valid_to      timestamptz,
    importance    real        not null,
    confidence    real        not null,
    origin        text        not null check (origin in ('explicit', 'automatic', 'manual', 'import')),
    pinned        boolean     not null default false,
    -- The content as its duplicates have it too.
    fingerprint   bytea       not null,
    vector        bytea,
    vector_model  text,
    seq           bigint      not null,
    used_at       timestamptz,
    used_count    integer     not null default 0,
    created_at    timestamptz not null,
    updated_at    timestamptz not null
);

create unique index memory_slot on memory (owner_id, slot) where status = 'active' and slot is not null;
create unique index memory_fingerprint on memory (owner_id, fingerprint) where status in ('active', 'pending', 'rejected');
create index memory_list on memory (owner_id, status, created_at desc, id desc);
create index memory_changes on memory (owner_id, seq);
create index memory_successor on memory (superseded_by) where superseded_by is not null;

-- Where a memory came from. A message that goes takes its mention along, not the memory.
create table memory_source (
    memory_id  uuid not null references memory on delete cascade,
    message_id uuid not null references message on delete cascade,
    chat_id    uuid not null,
    owner_id   uuid not null,
    primary key (memory_id, message_id)
);

create index memory_source_message on memory_source (message_id);

-- Every change, and never changed itself; gone with the memory.
create table memory_event (
    id         uuid        primary key,
    memory_id  uuid        not null references memory on delete cascade,
    owner_id   uuid        not null,
    event      text        not null check (event in ('ADD', 'UPDATE', 'SUPERSEDE', 'MERGE')),
    old        text,
    new        text,
    cause      text        not null check (cause in ('person', 'conversation', 'import')),
    message_id uuid        references message on delete set null,
    chat_id    uuid,
    at         timestamptz not null
);

create index memory_event_memory on memory_event (memory_id, id);
create index memory_event_message on memory_event (message_id) where message_id is not null;

-- Which answers a memory was used in: what is forgotten is taken out of them.
create table memory_use (
    memory_id  uuid not null references memory on delete cascade,
    message_id uuid not null references message on delete cascade,
    primary key (memory_id, message_id)
);

create index memory_use_message on memory_use (message_id);

-- A message as it is found: numbers, none of its words.
create table memory_turn (
    message_id   uuid        primary key references message on delete cascade,
    owner_id     uuid        not null references account on delete cascade,
    chat_id      uuid        not null,
    speaker      smallint    not null,
    said_at      timestamptz not null,
    terms        bytea       not null,
    asks         boolean     not null,
    timed        boolean     not null,
    vector       bytea,
    vector_model text,
    seq          bigint      not null
);

create index memory_turn_changes on memory_turn (owner_id, seq);

-- Compressing numbers is lost time.
alter table memory_turn alter column terms set storage external, alter column vector set storage external;
alter table memory alter column vector set storage external;

-- Messages whose memory was forgotten: they are neither indexed nor learned from again.
create table memory_forgotten (
    message_id uuid primary key references message on delete cascade,
    owner_id   uuid not null
);

-- Up to which message a model has learned from a chat.
create table memory_learned (
    chat_id    uuid primary key references chat on delete cascade,
    owner_id   uuid not null,
    message_id uuid not null
);

create function memory_turns_gone() returns trigger language plpgsql as $$
begin
    update memory_owner set epoch = epoch + 1 where owner_id in (select owner_id from gone);
    return null;
end
$$;

create trigger memory_turn_gone after delete on memory_turn
    referencing old table as gone
    for each statement execute function memory_turns_gone();
