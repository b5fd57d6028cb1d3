-- What waits to be sorted into an index is read anew by each look: forgetting looks once for every message.
alter index message_recalled set (fastupdate = off);
alter index message_memories set (fastupdate = off);
select gin_clean_pending_list('message_recalled'), gin_clean_pending_list('message_memories');

-- As the owner of the tables, like search_hits: under a rule for rows neither index can be used, because @> is not leakproof,
-- and every message would be read. So they take the owner, and no other than the one who asks.

-- These messages, the answers that were told of one, of an answer that was, and so on; and those that were told what the
-- chat of one was about that a person wrote.
create function told_of(owner uuid, messages uuid[]) returns setof uuid
    language plpgsql stable security definer set search_path from current as $$
begin
    if parley_user() <> owner then
        return;
    end if;
    return query execute $q$
        with recursive told (id, chat_id, role) as (
            select id, chat_id, role from message where id = any($2) and owner_id = $1
             union
            select answer.id, answer.chat_id, answer.role
              from told
              cross join lateral (values
                       (jsonb_build_object('message_id', told.id)),
                       (case when told.role = 'user'
                             then jsonb_build_object('chat_id', told.chat_id, 'summary', true) end)) as named (by)
              join message answer
                on answer.metadata -> 'recalled' is not null
               and answer.metadata -> 'recalled' @> jsonb_build_array(named.by)
             where named.by is not null and answer.owner_id = $1
        )
        select id from told
    $q$ using owner, messages;
end
$$;

-- The answers that say they used one of these memories.
create function answers_with(owner uuid, memories uuid[]) returns setof uuid
    language plpgsql stable security definer set search_path from current as $$
begin
    if parley_user() <> owner then
        return;
    end if;
    return query execute $q$
        select distinct m.id
          from unnest($2) as used (id)
          join message m
            on m.metadata -> 'memories' is not null
           and m.metadata -> 'memories' @> jsonb_build_array(used.id)
         where m.owner_id = $1
    $q$ using owner, memories;
end
$$;
