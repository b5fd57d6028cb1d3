-- Answers while they are written, and the nodes that write them.

-- A node holds everything it writes by one lease in the database's time. A dead node never comes back to life: a
-- process that was thought dead takes a new id.
create table node (
    id          uuid        primary key,
    started_at  timestamptz not null default clock_timestamp(),
    alive_until timestamptz not null,
    dead        boolean     not null default false
);

create index node_alive on node (alive_until) where not dead;

-- A run writes one answer and has that message's id. Who may write is epoch and node together; a takeover raises the
-- epoch, and what a former owner still writes is under the old one and invisible.
create table answer_run (
    id             uuid        primary key references message on delete cascade,
    owner_id       uuid        not null,
    chat_id        uuid        not null,
    node_id        uuid        not null,
    epoch          integer     not null default 0,
    prompt         jsonb       not null,
    stop_requested boolean     not null default false,
    created_at     timestamptz not null default clock_timestamp()
);

create index answer_run_node on answer_run (node_id);
create index answer_run_chat on answer_run (chat_id);

-- Text of running answers: merged pieces by position, in UTF-16 units; kind 0 is text, 1 is reasoning. Gone when the
-- message has its content.
create table answer_chunk (
    run_id uuid     not null references answer_run on delete cascade,
    epoch  integer  not null,
    pos    bigint   not null,
    kind   smallint not null,
    text   text     not null,
    primary key (run_id, epoch, pos)
);
