-- What people spend, and what they may. Money is in billionths of the unit in which prices are set. None of these
-- tables refers to an account: the end of an answer, which holds its chat, would wait here for whoever deletes the
-- account and waits for the chat. What an account leaves goes by the trigger at the end.

-- What somebody may spend, where that is another amount than that of their role. Null: as much as they like.
create table quota (
    owner_id     uuid   primary key,
    day_tokens   bigint,
    month_tokens bigint,
    day_cost     bigint,
    month_cost   bigint
);

-- What somebody has spent of this day and this month (in UTC), and what is held for answers that are being written.
-- The row's lock is the truth: what is held is added by one statement that looks at the sum.
create table quota_use (
    owner_id     uuid   primary key,
    day          date   not null,
    month        date   not null,
    day_tokens   bigint not null default 0,
    month_tokens bigint not null default 0,
    day_cost     bigint not null default 0,
    month_cost   bigint not null default 0,
    held_tokens  bigint not null default 0,
    held_cost    bigint not null default 0
) with (fillfactor = 70);

-- What is held for one answer. It goes with the run, however that ends: by its end, a takeover, a deletion. What belongs
-- to no run belongs to the node that asks, and goes with it.
create table quota_hold (
    id            uuid   primary key,
    owner_id      uuid   not null,
    run_id        uuid   unique references answer_run on delete cascade,
    node_id       uuid,
    prompt_tokens bigint not null,
    tokens        bigint not null,
    cost          bigint not null,
    check ((run_id is null) <> (node_id is null))
);

create index quota_hold_owner on quota_hold (owner_id);
create index quota_hold_node on quota_hold (node_id) where node_id is not null;

create function give_back_quota() returns trigger language plpgsql as $$
begin
    update quota_use u
       set held_tokens = u.held_tokens - g.tokens, held_cost = u.held_cost - g.cost
      from (select owner_id, sum(tokens) as tokens, sum(cost) as cost from gone group by owner_id) g
     where u.owner_id = g.owner_id;
    return null;
end
$$;

create trigger quota_hold_gone after delete on quota_hold
    referencing old table as gone
    for each statement execute function give_back_quota();

-- What was used: for each person and model a sum over five minutes, one over the hour, one over the day. Finer sums are
-- kept for as long as somebody looks at them. They outlive the chats.
create table usage_slot (
    minutes           smallint    not null check (minutes in (5, 60, 1440)),
    starts            timestamptz not null,
    owner_id          uuid        not null,
    model             text        not null,
    chats             integer     not null,
    messages          integer     not null,
    answers           integer     not null,
    errors            integer     not null,
    prompt_tokens     bigint      not null,
    completion_tokens bigint      not null,
    cost              bigint      not null,
    -- How many answers had their first word, and their last, within which time: histograms can be added up.
    first_word        integer[]   not null,
    last_word         integer[]   not null,
    primary key (minutes, starts, owner_id, model)
) with (fillfactor = 80);

create index usage_slot_owner on usage_slot (owner_id, minutes, starts);

-- At the end of the statement that deletes the account: by then its chats are gone, and nothing more is counted.
create function forget_usage() returns trigger
    language plpgsql security definer set search_path from current as $$
begin
    delete from quota_hold where owner_id in (select id from gone);
    delete from quota_use where owner_id in (select id from gone);
    delete from quota where owner_id in (select id from gone);
    delete from usage_slot where owner_id in (select id from gone);
    return null;
end
$$;

create trigger account_gone_with_usage after delete on account
    referencing old table as gone
    for each statement execute function forget_usage();
