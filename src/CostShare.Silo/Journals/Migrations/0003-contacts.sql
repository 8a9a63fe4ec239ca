-- Names and telephone numbers of households, apart from what happened to their buildings. Encrypted; a row is replaced or removed at any time.
create table costshare.contact (
    building text collate "C" not null,
    household text collate "C" not null,
    box bytea not null,
    constraint contact_household primary key (building, household)
);

-- The key of each, itself encrypted. In a table of its own, so that it can be left out of what is kept for long: without it a contact is noise.
create table costshare.contact_key (
    building text collate "C" not null,
    household text collate "C" not null,
    wrapped bytea not null,
    constraint contact_key_household primary key (building, household)
);

-- By which a key of the installation that is not the first one's is noticed.
create table costshare.contact_check (
    one boolean constraint contact_check_one primary key default true check (one),
    sha256 bytea not null check (octet_length(sha256) = 32)
);
