-- What row-level security needs that does not depend on roles: afterMigrate.sql makes these and the rules.

-- In whose name a connection works; null: the server's.
create function parley_user() returns uuid language sql stable parallel safe as $$
    select nullif(current_setting('parley.user', true), '')::uuid
$$;

-- What a search finds, as the owner of the tables: under a rule for rows no index of words can be used, because @@ is
-- not leakproof, and every message would be read. So it takes the owner, and no other than the one who asks.
-- "offset 0" keeps the planner from walking all messages by age until it has met enough of them; only the newest are
-- ranked, so that a word which stands everywhere costs little more than a rare one. Executed as text: planned for this
-- query, and not for any.
create function search_hits(owner uuid, archived boolean, query tsquery)
    returns table (chat_id uuid, message_id uuid, rank float8)
    language plpgsql stable security definer set search_path from current as $$
begin
    if parley_user() <> owner then
        return;
    end if;
    return query execute $q$
        with listed as materialized (
            select c.id
              from chat c
             where c.owner_id = $1 and c.is_archived = $2
               and c.deleted_at is null and not c.is_temporary
        )
        select n.chat_id, n.message_id, cast(ts_rank(n.tsv, $3) as float8) as rank
          from (select f.chat_id, f.message_id, f.tsv
                  from (select s.chat_id, s.message_id, s.tsv
                          from message_search s
                         where s.owner_id = $1 and s.tsv @@ $3
                           and s.chat_id in (select id from listed)
                        offset 0) f
                 order by f.message_id desc
                 limit 500) n
        union all
        select n.chat_id, null, 1 + cast(ts_rank(n.tsv, $3) as float8)
          from (select f.chat_id, f.tsv
                  from (select t.chat_id, t.tsv
                          from chat_search t
                         where t.owner_id = $1 and t.tsv @@ $3
                           and t.chat_id in (select id from listed)
                        offset 0) f
                 order by f.chat_id desc
                 limit 500) n
    $q$ using owner, archived, query;
end
$$;
