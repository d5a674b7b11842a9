-- The keys that rows are looked up by become the youngest indexes of their tables.
-- Why: while a table has no statistics, PostgreSQL finds every index that begins with tenant and property as cheap as the key itself, and of
-- equals it takes the youngest. The check of a foreign key then read all rows of the property: the first closes of a new hotel took time
-- with the square of its entries. The read models (rm_) are left alone: they are looked up by their nights. A later migration that adds an
-- index to another table ends with `select pms_keys_before_indexes();`.

-- A table that has rows is left alone: it has statistics, or will have them within a minute, and its foreign keys would be checked anew.
create function pms_keys_before_indexes() returns void language plpgsql as $$
declare
  wanted    record;
  has_rows  boolean;
  dropped   text[];
  added     text[];
begin
  for wanted in
    with keys as (
      select c.conrelid::regclass as of_table, c.contype, c.conname, c.conindid, pg_get_constraintdef(c.oid) as definition
      from pg_constraint c
      where c.connamespace = current_schema()::regnamespace and c.conrelid::regclass::text ~ '^pms_'
        and (c.contype = 'p' or c.contype = 'u' and exists (select from pg_constraint f where f.contype = 'f' and f.conindid = c.conindid)))
    select k.* from keys k
    where exists (
      select from pg_index i
      where i.indrelid = k.of_table and i.indexrelid > k.conindid and i.indexrelid not in (select conindid from keys))
    order by k.of_table::text, k.contype
  loop
    execute format('select exists (select from %s)', wanted.of_table) into has_rows;
    continue when has_rows;

    select array_agg(format('alter table %s drop constraint %I', f.conrelid::regclass, f.conname)),
      array_agg(format('alter table %s add constraint %I %s', f.conrelid::regclass, f.conname, pg_get_constraintdef(f.oid)))
    into dropped, added
    from pg_constraint f
    where f.contype = 'f' and f.conindid = wanted.conindid;
    dropped := coalesce(dropped, '{}') || format('alter table %s drop constraint %I', wanted.of_table, wanted.conname);
    added := format('alter table %s add constraint %I %s', wanted.of_table, wanted.conname, wanted.definition) || coalesce(added, '{}');

    for i in 1 .. cardinality(dropped) loop
      execute dropped[i];
    end loop;
    for i in 1 .. cardinality(added) loop
      execute added[i];
    end loop;
  end loop;
end $$;
revoke execute on function pms_keys_before_indexes() from public;

select pms_keys_before_indexes();
