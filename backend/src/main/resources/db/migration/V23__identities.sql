-- Who people are at an OpenID provider. Issuer and subject together name one person for good; an email does not, and is
-- here for its owner to recognise.
create table identity (
    id           uuid        primary key,
    owner_id     uuid        not null references account on delete cascade,
    issuer       text        not null,
    subject      text        not null,
    email        text        not null,
    created_at   timestamptz not null,
    last_used_at timestamptz not null,
    constraint identity_of_one unique (issuer, subject)
);

create index identity_owner on identity (owner_id);

-- Who came from a provider for the first time, and is linked once their code was right; null after a password.
alter table sign_in_challenge
    add column issuer  text,
    add column subject text,
    add column email   text;
