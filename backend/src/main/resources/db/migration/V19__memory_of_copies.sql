-- A message of a fork, and the one that it is a copy of: what is forgotten of one is forgotten of the other.
create table memory_copy (
    message_id uuid primary key references message on delete cascade,
    owner_id   uuid not null,
    -- Never a copy itself; it may be gone.
    source_id  uuid not null
);

create index memory_copy_source on memory_copy (source_id);

-- What a memory that waits is to take the place of when it is accepted.
alter table memory add column replaces uuid references memory on delete set null;

create index memory_replaced on memory (replaces) where replaces is not null;
