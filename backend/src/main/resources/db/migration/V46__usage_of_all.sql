-- What all people together used of each model, and what each person used of all: sums of usage_slot, so that nobody has to
-- add up a row for each person, model and day to show a month. The database keeps them with every change of
-- usage_slot, whoever makes it, and so they are never off.

-- Each sum is in sixteen parts, by person: answers that end at the same moment do not wait for one row.
create table usage_sum (
    minutes           smallint    not null,
    starts            timestamptz not null,
    model             text        not null,
    part              smallint    not null,
    -- Of how many rows it is the sum: it goes with the last one.
    summed            bigint      not null,
    chats             bigint      not null,
    messages          bigint      not null,
    answers           bigint      not null,
    errors            bigint      not null,
    prompt_tokens     bigint      not null,
    completion_tokens bigint      not null,
    cost              bigint      not null,
    first_word        bigint[]    not null,
    last_word         bigint[]    not null,
    primary key (minutes, starts, model, part)
) with (fillfactor = 70);

create table usage_person (
    minutes  smallint    not null,
    starts   timestamptz not null,
    owner_id uuid        not null,
    summed   bigint      not null,
    answers  bigint      not null,
    tokens   bigint      not null,
    cost     bigint      not null,
    primary key (minutes, starts, owner_id)
) with (fillfactor = 80);

create function usage_part(owner uuid) returns smallint language sql immutable parallel safe
    return cast(get_byte(uuid_send(owner), 15) & 15 as smallint);

create function sum_usage() returns trigger
    language plpgsql security definer set search_path from current as $$
declare
    added integer := case when tg_op = 'INSERT' then 1 else 0 end;
begin
    insert into usage_sum as s (minutes, starts, model, part, summed, chats, messages, answers, errors, prompt_tokens,
                                completion_tokens, cost, first_word, last_word)
    values (new.minutes, new.starts, new.model, usage_part(new.owner_id), 1, new.chats, new.messages, new.answers,
            new.errors, new.prompt_tokens, new.completion_tokens, new.cost, new.first_word, new.last_word)
    on conflict (minutes, starts, model, part) do update
       set summed = s.summed + added,
           chats = s.chats + new.chats - coalesce(old.chats, 0),
           messages = s.messages + new.messages - coalesce(old.messages, 0),
           answers = s.answers + new.answers - coalesce(old.answers, 0),
           errors = s.errors + new.errors - coalesce(old.errors, 0),
           prompt_tokens = s.prompt_tokens + new.prompt_tokens - coalesce(old.prompt_tokens, 0),
           completion_tokens = s.completion_tokens + new.completion_tokens - coalesce(old.completion_tokens, 0),
           cost = s.cost + new.cost - coalesce(old.cost, 0),
           first_word = (select array_agg(a + b - coalesce(c, 0) order by place)
                           from unnest(s.first_word, new.first_word, old.first_word)
                                with ordinality as each_of (a, b, c, place)),
           last_word = (select array_agg(a + b - coalesce(c, 0) order by place)
                          from unnest(s.last_word, new.last_word, old.last_word)
                               with ordinality as each_of (a, b, c, place));
    insert into usage_person as p (minutes, starts, owner_id, summed, answers, tokens, cost)
    values (new.minutes, new.starts, new.owner_id, 1, new.answers, new.prompt_tokens + new.completion_tokens, new.cost)
    on conflict (minutes, starts, owner_id) do update
       set summed = p.summed + added,
           answers = p.answers + new.answers - coalesce(old.answers, 0),
           tokens = p.tokens + new.prompt_tokens + new.completion_tokens
                    - coalesce(old.prompt_tokens + old.completion_tokens, 0),
           cost = p.cost + new.cost - coalesce(old.cost, 0);
    return null;
end
$$;

-- Row by row in the order in which each statement names the lengths, the same for all, so that nobody waits in a circle.
create trigger usage_slot_summed after insert or update on usage_slot
    for each row execute function sum_usage();

-- The rest is written once for both, with a sum for each element of an array: to take so many arrays apart would take ten
-- times as long.
do $make$
declare
    of_each text := (select string_agg(format('coalesce(sum(%%1$s[%s]), 0)', place), ', ' order by place)
                       from generate_series(1, 20) place);
    sums text := format(
        'select minutes, starts, model, usage_part(owner_id) as part, count(*) as summed, sum(chats) as chats,
                sum(messages) as messages, sum(answers) as answers, sum(errors) as errors,
                sum(prompt_tokens) as prompt_tokens, sum(completion_tokens) as completion_tokens, sum(cost) as cost,
                array[%s]::bigint[] as first_word, array[%s]::bigint[] as last_word', format(of_each, 'first_word'), format(of_each, 'last_word'));
begin
    execute format($template$
        -- Planned each time: of an account a few rows go, and at the end of a day many.
        create function take_usage_away() returns trigger
            language plpgsql security definer set search_path from current
            set plan_cache_mode = force_custom_plan as $$
        begin
            -- In the order in which others take them.
            perform from usage_sum s
              where (minutes, starts, model, part) in (select minutes, starts, model, usage_part(owner_id) from gone)
              order by minutes, starts, model, part
                for update;
            update usage_sum s
               set summed = s.summed - g.summed,
                   chats = s.chats - g.chats,
                   messages = s.messages - g.messages,
                   answers = s.answers - g.answers,
                   errors = s.errors - g.errors,
                   prompt_tokens = s.prompt_tokens - g.prompt_tokens,
                   completion_tokens = s.completion_tokens - g.completion_tokens,
                   cost = s.cost - g.cost,
                   first_word = (select array_agg(a - b order by place)
                                   from unnest(s.first_word, g.first_word) with ordinality as both_of (a, b, place)),
                   last_word = (select array_agg(a - b order by place)
                                  from unnest(s.last_word, g.last_word) with ordinality as both_of (a, b, place))
              from (%s from gone group by 1, 2, 3, 4) g
             where (s.minutes, s.starts, s.model, s.part) = (g.minutes, g.starts, g.model, g.part);
            delete from usage_sum s
             using gone g
             where (s.minutes, s.starts, s.model, s.part)
                   = (g.minutes, g.starts, g.model, usage_part(g.owner_id)) and s.summed = 0;
            update usage_person p
               set summed = p.summed - g.summed,
                   answers = p.answers - g.answers,
                   tokens = p.tokens - g.tokens,
                   cost = p.cost - g.cost
              from (select minutes, starts, owner_id, count(*) as summed, sum(answers) as answers,
                           sum(prompt_tokens + completion_tokens) as tokens, sum(cost) as cost
                      from gone
                     group by 1, 2, 3) g
             where (p.minutes, p.starts, p.owner_id) = (g.minutes, g.starts, g.owner_id);
            delete from usage_person p
             using gone g
             where (p.minutes, p.starts, p.owner_id) = (g.minutes, g.starts, g.owner_id) and p.summed = 0;
            return null;
        end
        $$
        $template$, sums);

    -- What was used before. Whoever counts meanwhile waits: a new trigger holds its table.
    execute 'insert into usage_sum (minutes, starts, model, part, summed, chats, messages, answers, errors, prompt_tokens,
                                    completion_tokens, cost, first_word, last_word) '
            || sums || ' from usage_slot group by 1, 2, 3, 4';
end
$make$;

create trigger usage_slot_taken_away after delete on usage_slot
    referencing old table as gone
    for each statement execute function take_usage_away();

insert into usage_person (minutes, starts, owner_id, summed, answers, tokens, cost)
select minutes, starts, owner_id, count(*), sum(answers), sum(prompt_tokens + completion_tokens), sum(cost)
  from usage_slot
 group by 1, 2, 3;
