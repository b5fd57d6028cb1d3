-- Whose account is gone leaves no address in the audit log. Nothing else of a line can ever change.
drop trigger audit_event_only_grows on audit_event;
create trigger audit_event_only_grows before delete or truncate on audit_event
    for each statement execute function refuse_change_of_audit();

create function keep_audit_event() returns trigger language plpgsql as $$
begin
    if new.ip = '' and to_jsonb(new) - 'ip' = to_jsonb(old) - 'ip' then
        return new;
    end if;
    raise exception 'The audit log is only added to.';
end
$$;

create trigger audit_event_stays before update on audit_event
    for each row execute function keep_audit_event();

-- With the rights of the tables' owner: whoever deletes their account may not change the log.
create function forget_audit_addresses() returns trigger
    language plpgsql security definer set search_path from current as $$
begin
    update audit_event set ip = '' where actor_id in (select id from gone) and ip <> '';
    return null;
end
$$;

create trigger account_gone after delete on account
    referencing old table as gone
    for each statement execute function forget_audit_addresses();
