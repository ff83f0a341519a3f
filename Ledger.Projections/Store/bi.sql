-- What reports may read: flat views for spreadsheets and dashboards, as the role ledger_reader and as nobody else's table. Their
-- names, columns and meanings are a contract (Ledger.Tests/Golden/bi.txt): added to, never changed. They hold no person's name.
--
-- They say what happened and when; they count nothing. What a lawsuit counts for depends on the counting policy of the period and on
-- the day of the question: rates and ranks are the ledger's own answers (GET /api/rankings), with their n and d.
--
-- Every row carries how far the ledger had been read for it: position, and as_of, the instant at which it was.

-- Owner and rights come with everybody's (roles.sql).
create schema if not exists bi;

create or replace view bi.reading as
select p.last_seq_id as position, p.last_updated as as_of
from mt.mt_event_progression p where p.name = 'County:All';

create or replace view bi.unit as
with fact as (
  select split_part(s.id, '/', 2) as unit, f.*
  from mt.mt_doc_subjectrecord s, jsonb_to_recordset(s.data -> 'facts') as f (sequence bigint, source text, id text, type text, data jsonb)
  where s.id like 'unit/%'
), standing as (
  -- A retraction takes a fact away, also a correction.
  select f.* from fact f
  where not exists (select from fact r where r.unit = f.unit and r.type = 'FactRetracted' and r.data -> 'fact' ->> 'source' = f.source and r.data -> 'fact' ->> 'id' = f.id)
), told as (
  select f.unit, f.type, f.sequence,
    f.data || coalesce((select jsonb_object_agg(m.key, m.value order by c.sequence)
                        from standing c, jsonb_each(c.data -> 'set') m
                        where c.unit = f.unit and c.type = 'FactCorrected' and c.data -> 'fact' ->> 'source' = f.source and c.data -> 'fact' ->> 'id' = f.id), '{}') as data
  from standing f where f.type in ('UnitRegistered', 'UnitRenamed', 'UnitMerged')
)
select t.unit,
  (select n.data ->> 'name' from told n where n.unit = t.unit and n.data ? 'name' and coalesce(n.data ->> 'renamedOn', n.data ->> 'registeredOn') <= to_char(r.as_of at time zone 'Asia/Shanghai', 'YYYY-MM-DD')
   order by coalesce(n.data ->> 'renamedOn', n.data ->> 'registeredOn') desc, n.sequence desc limit 1) as unit_name,
  t.data ->> 'kind' as unit_kind,
  (t.data ->> 'registeredOn')::date as registered_on,
  (select m.data ->> 'into' from told m where m.unit = t.unit and m.type = 'UnitMerged' order by m.sequence desc limit 1) as merged_into,
  r.position, r.as_of
from told t, bi.reading r where t.type = 'UnitRegistered';

create or replace view bi.new_case as
select split_part(d.id, '|', 2) as unit, c.key as lawsuit, i ->> 'caseNo' as case_number, (i ->> 'on')::date as docketed_on, r.position, r.as_of
from bi.reading r, mt.mt_doc_unitmonth d, jsonb_each(d.data -> 'contributions') c, jsonb_array_elements(c.value -> 'newCases') i;

create or replace view bi.closing as
select split_part(d.id, '|', 2) as unit, c.key as lawsuit, i ->> 'caseNo' as case_number, (i ->> 'on')::date as closed_on,
  (select string_agg(o, ',' order by o) from jsonb_array_elements_text(i -> 'outcomes') o) as outcomes,
  (i ->> 'compensation')::boolean as is_compensation, i ->> 'series' as series, r.position, r.as_of
from bi.reading r, mt.mt_doc_unitmonth d, jsonb_each(d.data -> 'contributions') c, jsonb_array_elements(c.value -> 'closings') i;

create or replace view bi.effective_outcome as
select split_part(d.id, '|', 2) as unit, c.key as lawsuit, i ->> 'caseNo' as case_number, (i ->> 'on')::date as effective_on,
  (select string_agg(o, ',' order by o) from jsonb_array_elements_text(i -> 'outcomes') o) as outcomes,
  (i ->> 'compensation')::boolean as is_compensation, i ->> 'series' as series, r.position, r.as_of
from bi.reading r, mt.mt_doc_unitmonth d, jsonb_each(d.data -> 'contributions') c, jsonb_array_elements(c.value -> 'effective') i;

create or replace view bi.appearance as
select split_part(d.id, '|', 2) as unit, c.key as lawsuit, i ->> 'caseNo' as case_number, (i ->> 'on')::date as held_on,
  (i ->> 'headAttended')::boolean as head_attended, r.position, r.as_of
from bi.reading r, mt.mt_doc_unitmonth d, jsonb_each(d.data -> 'contributions') c, jsonb_array_elements(c.value -> 'appearances') i;

create or replace view bi.filing_duty as
select split_part(d.id, '|', 2) as unit, c.key as lawsuit, i ->> 'caseNo' as case_number, i ->> 'kind' as obligation, (i ->> 'openedOn')::date as opened_on,
  (i ->> 'metAt')::timestamptz as met_at, r.position, r.as_of
from bi.reading r, mt.mt_doc_unitmonth d, jsonb_each(d.data -> 'contributions') c, jsonb_array_elements(c.value -> 'deadlines') i;

comment on view bi.reading is '读到哪里：各视图所依据的账本位置与时刻（一行）';
comment on view bi.unit is '单位：名称为读取时的名称';
comment on view bi.new_case is '发案：以单位为被告的新立案件，一案一单位一行';
comment on view bi.closing is '一审结案文书：对单位的结果';
comment on view bi.effective_outcome is '生效结果：案件最后生效的文书对单位的结果';
comment on view bi.appearance is '开庭与负责人出庭：一次开庭一单位一行';
comment on view bi.filing_duty is '报备义务：由收件引起，是否及何时完成；到期日随工作日历，由账本接口给出';

do $$
declare
  item record;
begin
  for item in
    select c.oid::regclass as view, a.attname as name, t.text
    from (values
      ('position', '账本位置：到此为止的事实都已读入'), ('as_of', '读到该位置的时刻'), ('unit', '单位代码'), ('unit_name', '单位名称'),
      ('unit_kind', '单位类别：CountyGovernment 县政府、Township 乡镇、Department 县直部门、Stationed 驻舞单位、External 县外机关'),
      ('registered_on', '登记日期'), ('merged_into', '并入的单位代码；未并入为空'), ('lawsuit', '案件代码（同一案件的各审级相同）'), ('case_number', '案号'),
      ('docketed_on', '立案日期'), ('closed_on', '结案日期'), ('effective_on', '生效日期'),
      ('outcomes', '对该单位的结果代码，逗号分隔；是否计为败诉取决于统计口径'), ('is_compensation', '是否行政赔偿案件'), ('series', '串案代码；非串案为空'),
      ('held_on', '开庭日期'), ('head_attended', '负责人是否出庭'), ('obligation', '义务：CaseFiling 发案报备、LossFiling 败诉报备'),
      ('opened_on', '义务产生日期（收件日）'), ('met_at', '完成时刻；未完成为空')) t (name, text)
    join pg_attribute a on a.attname = t.name and a.attnum > 0
    join pg_class c on c.oid = a.attrelid and c.relnamespace = 'bi'::regnamespace and c.relkind = 'v'
  loop
    execute format('comment on column %s.%I is %L', item.view, item.name, item.text);
  end loop;
end $$;
