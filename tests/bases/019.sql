BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'circular-kb','001_works_facts_agreement_obligations','2026-01-01 00:00:00+00:00');
INSERT INTO "_sqlite_migrations" VALUES(2,'circular-kb','002_amounts_and_typed_cells','2026-01-01 00:00:00+00:00');
INSERT INTO "_sqlite_migrations" VALUES(3,'circular-kb','003_schedules_and_editions','2026-01-01 00:00:00+00:00');
INSERT INTO "_sqlite_migrations" VALUES(4,'circular-kb','004_decisions','2026-01-01 00:00:00+00:00');
INSERT INTO "_sqlite_migrations" VALUES(5,'circular-kb','005_citations_history_and_gaps','2026-01-01 00:00:00+00:00');
INSERT INTO "_sqlite_migrations" VALUES(6,'circular-kb','006_lives_of_findings','2026-01-01 00:00:00+00:00');
INSERT INTO "_sqlite_migrations" VALUES(7,'circular-kb','007_search','2026-01-01 00:00:00+00:00');
INSERT INTO "_sqlite_migrations" VALUES(8,'circular-kb','008_reviews','2026-01-01 00:00:00+00:00');
INSERT INTO "_sqlite_migrations" VALUES(9,'circular-kb','009_obligations_of_a_matter','2026-01-01 00:00:00+00:00');
INSERT INTO "_sqlite_migrations" VALUES(10,'circular-kb','010_indexes_for_large_bases','2026-01-01 00:00:00+00:00');
INSERT INTO "_sqlite_migrations" VALUES(11,'circular-kb','011_calendar','2026-01-01 00:00:00+00:00');
INSERT INTO "_sqlite_migrations" VALUES(12,'circular-kb','012_findings_changed','2026-01-01 00:00:00+00:00');
INSERT INTO "_sqlite_migrations" VALUES(13,'circular-kb','013_entries_by_their_days','2026-01-01 00:00:00+00:00');
INSERT INTO "_sqlite_migrations" VALUES(14,'circular-kb','014_what_calendars_were_told','2026-01-01 00:00:00+00:00');
INSERT INTO "_sqlite_migrations" VALUES(15,'circular-kb','015_what_was_decided_withdrawn_and_counted','2026-01-01 00:00:00+00:00');
INSERT INTO "_sqlite_migrations" VALUES(16,'circular-kb','016_hours_of_other_zones','2026-01-01 00:00:00+00:00');
INSERT INTO "_sqlite_migrations" VALUES(17,'circular-kb','017_every_path_of_a_file','2026-01-01 00:00:00+00:00');
INSERT INTO "_sqlite_migrations" VALUES(18,'circular-kb','018_views_of_large_bases','2026-01-01 00:00:00+00:00');
INSERT INTO "_sqlite_migrations" VALUES(19,'circular-kb','019_both_houses_of_a_change','2026-01-01 00:00:00+00:00');
CREATE TABLE amounts (
    id INTEGER PRIMARY KEY,
    expression INTEGER NOT NULL REFERENCES expressions(id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    quote TEXT NOT NULL,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL CHECK (span_end >= span_start),
    page INTEGER,
    x0 REAL,
    top REAL,
    x1 REAL,
    bottom REAL,
    rule TEXT NOT NULL,

    kind TEXT NOT NULL CHECK (kind IN ('money', 'percentage', 'quantity')),
    value NUMERIC NOT NULL,
    unit TEXT,
    UNIQUE (expression, ordinal)
);
CREATE TABLE bearers (
    expression INTEGER NOT NULL REFERENCES expressions(id) ON DELETE CASCADE,
    party TEXT NOT NULL,
    PRIMARY KEY (expression, party)
) WITHOUT ROWID;
INSERT INTO "bearers" VALUES(1,'CPs');
INSERT INTO "bearers" VALUES(2,'參與者');
CREATE TABLE blocks (
    id INTEGER PRIMARY KEY,
    expression INTEGER NOT NULL REFERENCES expressions(id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    kind TEXT NOT NULL,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL CHECK (span_end >= span_start),
    page INTEGER,
    UNIQUE (expression, ordinal)
);
INSERT INTO "blocks" VALUES(1,1,0,'text',0,54,NULL);
INSERT INTO "blocks" VALUES(2,1,1,'text',56,93,NULL);
INSERT INTO "blocks" VALUES(3,1,2,'text',95,206,NULL);
INSERT INTO "blocks" VALUES(4,1,3,'text',208,219,NULL);
INSERT INTO "blocks" VALUES(5,1,4,'text',221,326,NULL);
INSERT INTO "blocks" VALUES(6,1,5,'text',328,400,NULL);
INSERT INTO "blocks" VALUES(7,1,6,'text',402,698,NULL);
INSERT INTO "blocks" VALUES(8,1,7,'section_header',700,729,NULL);
INSERT INTO "blocks" VALUES(9,1,8,'text',731,964,NULL);
INSERT INTO "blocks" VALUES(10,1,9,'section_header',966,975,NULL);
INSERT INTO "blocks" VALUES(11,1,10,'text',977,1077,NULL);
INSERT INTO "blocks" VALUES(12,1,11,'table',1079,1246,NULL);
INSERT INTO "blocks" VALUES(13,1,12,'section_header',1248,1257,NULL);
INSERT INTO "blocks" VALUES(14,1,13,'text',1259,1485,NULL);
INSERT INTO "blocks" VALUES(15,1,14,'text',1487,1517,NULL);
INSERT INTO "blocks" VALUES(16,1,15,'table',1519,1835,NULL);
INSERT INTO "blocks" VALUES(17,1,16,'text',1837,1895,NULL);
INSERT INTO "blocks" VALUES(18,1,17,'text',1897,2008,NULL);
INSERT INTO "blocks" VALUES(19,2,0,'text',0,54,NULL);
INSERT INTO "blocks" VALUES(20,2,1,'text',56,93,NULL);
INSERT INTO "blocks" VALUES(21,2,2,'text',95,206,NULL);
INSERT INTO "blocks" VALUES(22,2,3,'title',208,219,NULL);
INSERT INTO "blocks" VALUES(23,2,4,'text',221,258,NULL);
INSERT INTO "blocks" VALUES(24,2,5,'text',260,308,NULL);
INSERT INTO "blocks" VALUES(25,2,6,'text',310,422,NULL);
INSERT INTO "blocks" VALUES(26,2,7,'section_header',424,430,NULL);
INSERT INTO "blocks" VALUES(27,2,8,'text',432,518,NULL);
INSERT INTO "blocks" VALUES(28,2,9,'section_header',520,523,NULL);
INSERT INTO "blocks" VALUES(29,2,10,'text',525,571,NULL);
INSERT INTO "blocks" VALUES(30,2,11,'table',573,656,NULL);
INSERT INTO "blocks" VALUES(31,2,12,'section_header',658,660,NULL);
INSERT INTO "blocks" VALUES(32,2,13,'text',662,778,NULL);
INSERT INTO "blocks" VALUES(33,2,14,'text',780,789,NULL);
INSERT INTO "blocks" VALUES(34,2,15,'caption',791,794,NULL);
INSERT INTO "blocks" VALUES(35,2,16,'table',795,924,NULL);
INSERT INTO "blocks" VALUES(36,2,17,'text',926,940,NULL);
INSERT INTO "blocks" VALUES(37,2,18,'text',942,973,NULL);
CREATE TABLE calendar_told (
    uid TEXT PRIMARY KEY,
    obligation TEXT REFERENCES obligations(id) ON DELETE SET NULL,
    due TEXT NOT NULL,
    time TEXT,
    status TEXT NOT NULL CHECK (status IN ('CONFIRMED', 'TENTATIVE', 'CANCELLED')),
    sequence INTEGER NOT NULL CHECK (sequence >= 0),
    house TEXT,
    number TEXT,
    issued TEXT,
    action TEXT,
    action_zh TEXT
, zone TEXT);
INSERT INTO "calendar_told" VALUES('4b3d3f757f3161d8','4b3d3f757f3161d8','2027-03-18','17:30','CANCELLED',1,'SEOCH','CD/OES/SEOCH/005/2027','2027-01-11','return the rehearsal result form to SEOCH','向期權結算所交回演習結果表格',NULL);
INSERT INTO "calendar_told" VALUES('bd99a9da88568efc','bd99a9da88568efc','2027-01-27',NULL,'CONFIRMED',0,'SEOCH','CD/OES/SEOCH/005/2027','2027-01-11','enrol','報名',NULL);
INSERT INTO "calendar_told" VALUES('be9479fb5b4256b2','be9479fb5b4256b2','2027-02-25',NULL,'CONFIRMED',0,'SEOCH','CD/OES/SEOCH/005/2027','2027-01-11','nominate at least two Report Officers in Client Connect','在Client Connect委任最少兩名報告主任',NULL);
CREATE TABLE circulars (
    id INTEGER PRIMARY KEY,
    issuer TEXT REFERENCES houses(code),
    number TEXT,
    issued TEXT,
    title_en TEXT,
    title_zh TEXT
, series TEXT, place INTEGER);
INSERT INTO "circulars" VALUES(1,'SEOCH','CD/OES/SEOCH/005/2027','2027-01-11','Move of DCASS Settlement Reports to the Report Hub – Nomination of Report Officers and Rehearsal','衍生產品結算及交收系統交收報告遷移至報告平台 – 委任報告主任及演習','CD/OES/SEOCH/#/2027',5);
CREATE TABLE cited (
    reference INTEGER PRIMARY KEY REFERENCES "references"(id) ON DELETE CASCADE,
    circular INTEGER NOT NULL REFERENCES circulars(id) ON DELETE CASCADE
);
CREATE TABLE contacts (
    id INTEGER PRIMARY KEY,
    expression INTEGER NOT NULL REFERENCES expressions(id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    quote TEXT NOT NULL,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL CHECK (span_end >= span_start),
    page INTEGER,
    x0 REAL,
    top REAL,
    x1 REAL,
    bottom REAL,
    rule TEXT NOT NULL,

    kind TEXT NOT NULL CHECK (kind IN ('tel', 'fax', 'email', 'url', 'person', 'address')),
    value TEXT NOT NULL,
    label TEXT,
    title TEXT,
    org TEXT,
    role TEXT,
    UNIQUE (expression, ordinal)
);
INSERT INTO "contacts" VALUES(1,1,0,'2979 7685',357,366,NULL,NULL,NULL,NULL,NULL,'tel.number','tel','+85229797685','Report Hub Hotline',NULL,NULL,NULL);
INSERT INTO "contacts" VALUES(2,1,1,'reporthub@seoch.example',377,400,NULL,NULL,NULL,NULL,NULL,'email','email','reporthub@seoch.example',NULL,NULL,NULL,NULL);
INSERT INTO "contacts" VALUES(3,1,2,'https://rehearsal.reporthub.example/',1344,1380,NULL,NULL,NULL,NULL,NULL,'url','url','https://rehearsal.reporthub.example/',NULL,NULL,NULL,NULL);
INSERT INTO "contacts" VALUES(4,1,3,'Miranda Fok',1837,1848,NULL,NULL,NULL,NULL,NULL,'en.signatures.name','person','Miranda Fok',NULL,'Head of Settlement Reports','Operations Division','signatory');
INSERT INTO "contacts" VALUES(5,2,0,'2979 7685',270,279,NULL,NULL,NULL,NULL,NULL,'tel.number','tel','+85229797685','報告平台熱線',NULL,NULL,NULL);
INSERT INTO "contacts" VALUES(6,2,1,'reporthub@seoch.example',285,308,NULL,NULL,NULL,NULL,NULL,'email','email','reporthub@seoch.example',NULL,NULL,NULL,NULL);
INSERT INTO "contacts" VALUES(7,2,2,'https://rehearsal.reporthub.example/',693,729,NULL,NULL,NULL,NULL,NULL,'url','url','https://rehearsal.reporthub.example/',NULL,NULL,NULL,NULL);
INSERT INTO "contacts" VALUES(8,2,3,'霍敏兒',926,929,NULL,NULL,NULL,NULL,NULL,'zh.signatures.name','person','霍敏兒',NULL,'交收報告主管','營運科','signatory');
CREATE TABLE dates (
    id INTEGER PRIMARY KEY,
    expression INTEGER NOT NULL REFERENCES expressions(id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    quote TEXT NOT NULL,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL CHECK (span_end >= span_start),
    page INTEGER,
    x0 REAL,
    top REAL,
    x1 REAL,
    bottom REAL,
    rule TEXT NOT NULL,

    start TEXT,
    "end" TEXT,
    approx TEXT CHECK (approx IN ('early', 'mid', 'late')),
    time TEXT,
    end_time TEXT,
    weekday_ok INTEGER CHECK (weekday_ok IN (0, 1)),
    year_inferred INTEGER NOT NULL CHECK (year_inferred IN (0, 1)),
    relative INTEGER NOT NULL CHECK (relative IN (0, 1)),
    UNIQUE (expression, ordinal)
);
INSERT INTO "dates" VALUES(1,1,0,'11/01/2027',44,54,NULL,NULL,NULL,NULL,NULL,'en.dates.numeric','2027-01-11','2027-01-11',NULL,NULL,NULL,NULL,0,0);
INSERT INTO "dates" VALUES(2,1,1,'23 November 2026',430,446,NULL,NULL,NULL,NULL,NULL,'en.dates.full','2026-11-23','2026-11-23',NULL,NULL,NULL,NULL,0,0);
INSERT INTO "dates" VALUES(3,1,2,'19 April 2027 (Monday)',589,611,NULL,NULL,NULL,NULL,NULL,'en.dates.full','2027-04-19',NULL,NULL,NULL,NULL,1,0,0);
INSERT INTO "dates" VALUES(4,1,3,'26 February 2027 (Friday)',807,832,NULL,NULL,NULL,NULL,NULL,'en.dates.full','2027-02-26','2027-02-26',NULL,NULL,NULL,1,0,0);
INSERT INTO "dates" VALUES(5,1,4,'27 January 2027 (Wednesday)',1049,1076,NULL,NULL,NULL,NULL,NULL,'en.dates.full','2027-01-27','2027-01-27',NULL,NULL,NULL,1,0,0);
INSERT INTO "dates" VALUES(6,1,5,'2 February 2027 (Tuesday)',1104,1129,NULL,NULL,NULL,NULL,NULL,'en.dates.full','2027-02-02','2027-02-02',NULL,'16:15','17:30',1,0,0);
INSERT INTO "dates" VALUES(7,1,6,'3 February 2027 (Wednesday)',1202,1229,NULL,NULL,NULL,NULL,NULL,'en.dates.full','2027-02-03','2027-02-03',NULL,'16:15','17:30',1,0,0);
INSERT INTO "dates" VALUES(8,1,7,'13 March 2027 (Saturday)',1287,1311,NULL,NULL,NULL,NULL,NULL,'en.dates.full','2027-03-13','2027-03-13',NULL,'10:00','13:00',1,0,0);
INSERT INTO "dates" VALUES(9,1,8,'18 March 2027 (Thursday)',1460,1484,NULL,NULL,NULL,NULL,NULL,'en.dates.full','2027-03-18','2027-03-18',NULL,'17:30',NULL,1,0,0);
INSERT INTO "dates" VALUES(10,1,9,'18 January 2027',1530,1545,NULL,NULL,NULL,NULL,NULL,'en.dates.full','2027-01-18','2027-01-18',NULL,NULL,NULL,NULL,0,0);
INSERT INTO "dates" VALUES(11,1,10,'2',1582,1583,NULL,NULL,NULL,NULL,NULL,'en.dates.list','2027-02-02','2027-02-02',NULL,NULL,NULL,NULL,0,0);
INSERT INTO "dates" VALUES(12,1,11,'3 February 2027',1586,1601,NULL,NULL,NULL,NULL,NULL,'en.dates.list','2027-02-03','2027-02-03',NULL,NULL,NULL,NULL,0,0);
INSERT INTO "dates" VALUES(13,1,12,'25 February 2027',1612,1628,NULL,NULL,NULL,NULL,NULL,'en.dates.full','2027-02-25','2027-02-25',NULL,NULL,NULL,NULL,0,0);
INSERT INTO "dates" VALUES(14,1,13,'Early March 2027',1672,1688,NULL,NULL,NULL,NULL,NULL,'en.dates.approx','2027-03-01','2027-03-10','early',NULL,NULL,NULL,0,0);
INSERT INTO "dates" VALUES(15,1,14,'13 March 2027',1725,1738,NULL,NULL,NULL,NULL,NULL,'en.dates.full','2027-03-13','2027-03-13',NULL,NULL,NULL,NULL,0,0);
INSERT INTO "dates" VALUES(16,1,15,'19 April 2027',1749,1762,NULL,NULL,NULL,NULL,NULL,'en.dates.full','2027-04-19','2027-04-19',NULL,NULL,NULL,NULL,0,0);
INSERT INTO "dates" VALUES(17,2,0,'11/01/2027',44,54,NULL,NULL,NULL,NULL,NULL,'en.dates.numeric','2027-01-11','2027-01-11',NULL,NULL,NULL,NULL,0,0);
INSERT INTO "dates" VALUES(18,2,1,'2026年11月23日',317,328,NULL,NULL,NULL,NULL,NULL,'zh.dates.full','2026-11-23','2026-11-23',NULL,NULL,NULL,NULL,0,0);
INSERT INTO "dates" VALUES(19,2,2,'2027年4月19日（星期一）起',378,394,NULL,NULL,NULL,NULL,NULL,'zh.dates.full','2027-04-19',NULL,NULL,NULL,NULL,1,0,0);
INSERT INTO "dates" VALUES(20,2,3,'2027年2月26日（星期五）',440,455,NULL,NULL,NULL,NULL,NULL,'zh.dates.full','2027-02-26','2027-02-26',NULL,NULL,NULL,1,0,0);
INSERT INTO "dates" VALUES(21,2,4,'2027年1月27日（星期三）',550,565,NULL,NULL,NULL,NULL,NULL,'zh.dates.full','2027-01-27','2027-01-27',NULL,NULL,NULL,1,0,0);
INSERT INTO "dates" VALUES(22,2,5,'2027年2月2日（星期二）',585,599,NULL,NULL,NULL,NULL,NULL,'zh.dates.full','2027-02-02','2027-02-02',NULL,'16:15','17:30',1,0,0);
INSERT INTO "dates" VALUES(23,2,6,'2027年2月3日（星期三）',632,646,NULL,NULL,NULL,NULL,NULL,'zh.dates.full','2027-02-03','2027-02-03',NULL,'16:15','17:30',1,0,0);
INSERT INTO "dates" VALUES(24,2,7,'2027年3月13日（星期六）',666,681,NULL,NULL,NULL,NULL,NULL,'zh.dates.full','2027-03-13','2027-03-13',NULL,'10:00','13:00',1,0,0);
INSERT INTO "dates" VALUES(25,2,8,'2027年3月19日（星期五）',741,756,NULL,NULL,NULL,NULL,NULL,'zh.dates.full','2027-03-19','2027-03-19',NULL,'17:30',NULL,1,0,0);
INSERT INTO "dates" VALUES(26,2,9,'2027年1月18日',801,811,NULL,NULL,NULL,NULL,NULL,'zh.dates.full','2027-01-18','2027-01-18',NULL,NULL,NULL,NULL,0,0);
INSERT INTO "dates" VALUES(27,2,10,'2027年2月2',821,829,NULL,NULL,NULL,NULL,NULL,'zh.dates.list','2027-02-02','2027-02-02',NULL,NULL,NULL,NULL,0,0);
INSERT INTO "dates" VALUES(28,2,11,'3日',830,832,NULL,NULL,NULL,NULL,NULL,'zh.dates.list','2027-02-03','2027-02-03',NULL,NULL,NULL,NULL,0,0);
INSERT INTO "dates" VALUES(29,2,12,'2027年2月25日',837,847,NULL,NULL,NULL,NULL,NULL,'zh.dates.full','2027-02-25','2027-02-25',NULL,NULL,NULL,NULL,0,0);
INSERT INTO "dates" VALUES(30,2,13,'2027年3月初',860,868,NULL,NULL,NULL,NULL,NULL,'zh.dates.approx','2027-03-01','2027-03-10','early',NULL,NULL,NULL,0,0);
INSERT INTO "dates" VALUES(31,2,14,'2027年3月13日',878,888,NULL,NULL,NULL,NULL,NULL,'zh.dates.full','2027-03-13','2027-03-13',NULL,NULL,NULL,NULL,0,0);
INSERT INTO "dates" VALUES(32,2,15,'2027年4月19日',892,902,NULL,NULL,NULL,NULL,NULL,'zh.dates.full','2027-04-19','2027-04-19',NULL,NULL,NULL,NULL,0,0);
CREATE TABLE deadlines (
    id INTEGER PRIMARY KEY,
    expression INTEGER NOT NULL REFERENCES expressions(id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    quote TEXT NOT NULL,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL CHECK (span_end >= span_start),
    page INTEGER,
    x0 REAL,
    top REAL,
    x1 REAL,
    bottom REAL,
    rule TEXT NOT NULL,

    stated TEXT,
    relation TEXT NOT NULL CHECK (relation IN ('by', 'before', 'until', 'within', 'at-least-before', 'on')),
    due TEXT,
    due_business TEXT,
    time TEXT,
    bearer TEXT NOT NULL,
    action TEXT,
    consequence TEXT,
    tentative INTEGER NOT NULL CHECK (tentative IN (0, 1)),
    modality TEXT NOT NULL CHECK (modality IN ('must', 'should', 'may')),
    why TEXT,
    UNIQUE (expression, ordinal)
);
INSERT INTO "deadlines" VALUES(1,1,0,'before 26 February 2027 (Friday)',800,832,NULL,NULL,NULL,NULL,NULL,'en.deadlines.before','2027-02-26','before','2027-02-25','2027-02-25',NULL,'["CPs"]','nominate at least two Report Officers in Client Connect','A CP without Report Officers will not be given an account on the Report Hub and will receive no settlement reports after the move.',0,'must',NULL);
INSERT INTO "deadlines" VALUES(2,1,1,'by 27 January 2027 (Wednesday)',1046,1076,NULL,NULL,NULL,NULL,NULL,'en.deadlines.by','2027-01-27','by','2027-01-27','2027-01-27',NULL,'["CPs"]','enrol',NULL,0,'should',NULL);
INSERT INTO "deadlines" VALUES(3,1,2,'no later than 5:30 p.m. on 18 March 2027 (Thursday)',1433,1484,NULL,NULL,NULL,NULL,NULL,'en.deadlines.by','2027-03-18','by','2027-03-18','2027-03-18','17:30','["CPs"]','return the rehearsal result form to SEOCH',NULL,0,'must',NULL);
INSERT INTO "deadlines" VALUES(4,1,3,'Deadline for nomination of Report Officers',1629,1671,NULL,NULL,NULL,NULL,NULL,'en.due.deadline','2027-02-25','on','2027-02-25','2027-02-25',NULL,'[]','nomination of Report Officers',NULL,0,'must',NULL);
INSERT INTO "deadlines" VALUES(5,2,0,'於2027年2月26日（星期五）前',439,456,NULL,NULL,NULL,NULL,NULL,'zh.deadlines.before','2027-02-26','before','2027-02-25','2027-02-25',NULL,'["參與者"]','在Client Connect委任最少兩名報告主任','未有委任報告主任的參與者將不獲發報告平台帳戶，遷移後亦不會收到交收報告。',0,'must',NULL);
INSERT INTO "deadlines" VALUES(6,2,1,'於2027年1月27日（星期三）或之前',549,568,NULL,NULL,NULL,NULL,NULL,'zh.deadlines.by','2027-01-27','by','2027-01-27','2027-01-27',NULL,'["參與者"]','報名',NULL,0,'should',NULL);
INSERT INTO "deadlines" VALUES(7,2,2,'不遲於2027年3月19日（星期五）下午5時30分',738,763,NULL,NULL,NULL,NULL,NULL,'zh.deadlines.by','2027-03-19','by','2027-03-19','2027-03-19','17:30','["參與者"]','向期權結算所交回演習結果表格',NULL,0,'must',NULL);
INSERT INTO "deadlines" VALUES(8,2,3,'委任報告主任的截止日期',848,859,NULL,NULL,NULL,NULL,NULL,'zh.due.deadline','2027-02-25','on','2027-02-25','2027-02-25',NULL,'[]','委任報告主任',NULL,0,'must',NULL);
CREATE TABLE decisions (
    id INTEGER PRIMARY KEY CHECK (id > 0),
    at TEXT NOT NULL,
    who TEXT NOT NULL CHECK (trim(who) <> ''),
    kind TEXT NOT NULL CHECK (kind IN ('obligation', 'finding', 'fact')),
    subject TEXT NOT NULL,
    act TEXT NOT NULL,
    content TEXT NOT NULL,
    previous TEXT NOT NULL,
    hash TEXT NOT NULL
);
INSERT INTO "decisions" VALUES(1,'2026-11-23T16:21:25Z','Amy Chan','obligation','4b3d3f757f3161d8','done','{"note":"sent by courier","told":{"action":"return the rehearsal result form to SEOCH","due":"2027-03-18","house":"SEOCH","number":"CD/OES/SEOCH/005/2027","quote":"no later than 5:30 p.m. on 18 March 2027 (Thursday)"}}','0000000000000000000000000000000000000000000000000000000000000000','89a00a7a0d2ea4b8cf3f999357382c44897c8b8f9b40197461efa46c24a14db4');
CREATE TABLE definitions (
    id INTEGER PRIMARY KEY,
    expression INTEGER NOT NULL REFERENCES expressions(id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    quote TEXT NOT NULL,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL CHECK (span_end >= span_start),
    page INTEGER,
    x0 REAL,
    top REAL,
    x1 REAL,
    bottom REAL,
    rule TEXT NOT NULL,

    term TEXT NOT NULL,
    full TEXT NOT NULL,
    UNIQUE (expression, ordinal)
);
INSERT INTO "definitions" VALUES(1,1,0,'Clearing Participants (CPs)',613,640,NULL,NULL,NULL,NULL,NULL,'definition.initials','CPs','Clearing Participants');
INSERT INTO "definitions" VALUES(2,2,0,'結算參與者（「參與者」）',395,407,NULL,NULL,NULL,NULL,NULL,'definition.chinese','參與者','結算參與者');
CREATE TABLE duties (
    id INTEGER PRIMARY KEY,
    expression INTEGER NOT NULL REFERENCES expressions(id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    quote TEXT NOT NULL,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL CHECK (span_end >= span_start),
    page INTEGER,
    x0 REAL,
    top REAL,
    x1 REAL,
    bottom REAL,
    rule TEXT NOT NULL,

    bearer TEXT NOT NULL,
    modality TEXT NOT NULL CHECK (modality IN ('must', 'should', 'may')),
    action TEXT,
    UNIQUE (expression, ordinal)
);
INSERT INTO "duties" VALUES(1,1,0,'Each CP must nominate at least two Report Officers in Client Connect before 26 February 2027 (Friday).',731,833,NULL,NULL,NULL,NULL,NULL,'en.modals.must','["CPs"]','must','nominate at least two Report Officers in Client Connect before 26 February 2027 (Friday)');
INSERT INTO "duties" VALUES(2,1,1,'CPs should enrol by 27 January 2027 (Wednesday).',1029,1077,NULL,NULL,NULL,NULL,NULL,'en.modals.should','["CPs"]','should','enrol by 27 January 2027 (Wednesday)');
INSERT INTO "duties" VALUES(3,1,2,'CPs must return the rehearsal result form to SEOCH no later than 5:30 p.m. on 18 March 2027 (Thursday).',1382,1485,NULL,NULL,NULL,NULL,NULL,'en.modals.must','["CPs"]','must','return the rehearsal result form to SEOCH no later than 5:30 p.m. on 18 March 2027 (Thursday)');
INSERT INTO "duties" VALUES(4,2,0,'由2027年4月19日（星期一）起，結算參與者（「參與者」）須於報告平台領取所有交收報告。',377,422,NULL,NULL,NULL,NULL,NULL,'zh.modals.must','["參與者"]','must','於報告平台領取所有交收報告');
INSERT INTO "duties" VALUES(5,2,1,'每名參與者必須於2027年2月26日（星期五）前在Client Connect委任最少兩名報告主任。',432,482,NULL,NULL,NULL,NULL,NULL,'zh.modals.must','["參與者"]','must','於2027年2月26日（星期五）前在Client Connect委任最少兩名報告主任');
INSERT INTO "duties" VALUES(6,2,2,'參與者應於2027年1月27日（星期三）或之前報名。',545,571,NULL,NULL,NULL,NULL,NULL,'zh.modals.should','["參與者"]','should','於2027年1月27日（星期三）或之前報名');
INSERT INTO "duties" VALUES(7,2,3,'參與者必須不遲於2027年3月19日（星期五）下午5時30分向期權結算所交回演習結果表格。',733,778,NULL,NULL,NULL,NULL,NULL,'zh.modals.must','["參與者"]','must','不遲於2027年3月19日（星期五）下午5時30分向期權結算所交回演習結果表格');
CREATE TABLE event_deadlines (
    event INTEGER PRIMARY KEY REFERENCES events(id) ON DELETE CASCADE,
    deadline INTEGER NOT NULL REFERENCES deadlines(id) ON DELETE CASCADE
);
INSERT INTO "event_deadlines" VALUES(5,4);
INSERT INTO "event_deadlines" VALUES(14,8);
CREATE TABLE events (
    id INTEGER PRIMARY KEY,
    expression INTEGER NOT NULL REFERENCES expressions(id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    quote TEXT NOT NULL,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL CHECK (span_end >= span_start),
    page INTEGER,
    x0 REAL,
    top REAL,
    x1 REAL,
    bottom REAL,
    rule TEXT NOT NULL,

    start TEXT,
    "end" TEXT,
    time TEXT,
    end_time TEXT,
    title TEXT NOT NULL,
    "table" INTEGER NOT NULL,
    "row" INTEGER NOT NULL,
    UNIQUE (expression, ordinal)
);
INSERT INTO "events" VALUES(1,1,0,'Training Room 3, Example Tower, Central',1130,1169,NULL,NULL,NULL,NULL,NULL,'schedule.row','2027-02-02','2027-02-02','16:15','17:30','Training Room 3, Example Tower, Central',0,1);
INSERT INTO "events" VALUES(2,1,1,'Webinar',1230,1237,NULL,NULL,NULL,NULL,NULL,'schedule.row','2027-02-03','2027-02-03','16:15','17:30','Webinar',0,2);
INSERT INTO "events" VALUES(3,1,2,'Nomination of Report Officers opens',1546,1581,NULL,NULL,NULL,NULL,NULL,'schedule.row','2027-01-18','2027-01-18',NULL,NULL,'Nomination of Report Officers opens',1,1);
INSERT INTO "events" VALUES(4,1,3,'Briefings',1602,1611,NULL,NULL,NULL,NULL,NULL,'schedule.row','2027-02-02','2027-02-03',NULL,NULL,'Briefings',1,2);
INSERT INTO "events" VALUES(5,1,4,'Deadline for nomination of Report Officers',1629,1671,NULL,NULL,NULL,NULL,NULL,'schedule.row','2027-02-25','2027-02-25',NULL,NULL,'Deadline for nomination of Report Officers',1,3);
INSERT INTO "events" VALUES(6,1,5,'Distribution of Report Hub accounts',1689,1724,NULL,NULL,NULL,NULL,NULL,'schedule.row','2027-03-01','2027-03-10',NULL,NULL,'Distribution of Report Hub accounts',1,4);
INSERT INTO "events" VALUES(7,1,6,'Rehearsal',1739,1748,NULL,NULL,NULL,NULL,NULL,'schedule.row','2027-03-13','2027-03-13',NULL,NULL,'Rehearsal',1,5);
INSERT INTO "events" VALUES(8,1,7,'Settlement reports move to the Report Hub',1765,1806,NULL,NULL,NULL,NULL,NULL,'schedule.row','2027-04-19','2027-04-19',NULL,NULL,'Settlement reports move to the Report Hub',1,6);
INSERT INTO "events" VALUES(9,1,8,'Closure of the file server',1809,1835,NULL,NULL,NULL,NULL,NULL,'schedule.row','2027-04-19','2027-04-19',NULL,NULL,'Closure of the file server',1,6);
INSERT INTO "events" VALUES(10,2,0,'中環示例大廈三號培訓室',600,611,NULL,NULL,NULL,NULL,NULL,'schedule.row','2027-02-02','2027-02-02','16:15','17:30','中環示例大廈三號培訓室',0,1);
INSERT INTO "events" VALUES(11,2,1,'網上研討會',647,652,NULL,NULL,NULL,NULL,NULL,'schedule.row','2027-02-03','2027-02-03','16:15','17:30','網上研討會',0,2);
INSERT INTO "events" VALUES(12,2,2,'開始委任報告主任',812,820,NULL,NULL,NULL,NULL,NULL,'schedule.row','2027-01-18','2027-01-18',NULL,NULL,'開始委任報告主任',1,1);
INSERT INTO "events" VALUES(13,2,3,'簡介會',833,836,NULL,NULL,NULL,NULL,NULL,'schedule.row','2027-02-02','2027-02-03',NULL,NULL,'簡介會',1,2);
INSERT INTO "events" VALUES(14,2,4,'委任報告主任的截止日期',848,859,NULL,NULL,NULL,NULL,NULL,'schedule.row','2027-02-25','2027-02-25',NULL,NULL,'委任報告主任的截止日期',1,3);
INSERT INTO "events" VALUES(15,2,5,'分發報告平台帳戶',869,877,NULL,NULL,NULL,NULL,NULL,'schedule.row','2027-03-01','2027-03-10',NULL,NULL,'分發報告平台帳戶',1,4);
INSERT INTO "events" VALUES(16,2,6,'演習',889,891,NULL,NULL,NULL,NULL,NULL,'schedule.row','2027-03-13','2027-03-13',NULL,NULL,'演習',1,5);
INSERT INTO "events" VALUES(17,2,7,'交收報告遷移至報告平台',903,914,NULL,NULL,NULL,NULL,NULL,'schedule.row','2027-04-19','2027-04-19',NULL,NULL,'交收報告遷移至報告平台',1,6);
INSERT INTO "events" VALUES(18,2,8,'檔案伺服器停止運作',915,924,NULL,NULL,NULL,NULL,NULL,'schedule.row','2027-04-19','2027-04-19',NULL,NULL,'檔案伺服器停止運作',1,6);
CREATE TABLE expressions (
    id INTEGER PRIMARY KEY,
    circular INTEGER NOT NULL REFERENCES circulars(id),
    source TEXT NOT NULL REFERENCES sources(sha256),
    lang TEXT NOT NULL CHECK (lang IN ('en', 'zh-Hant', 'zh-Hans', 'mul')),
    issuer TEXT,
    number TEXT,
    other_numbers TEXT NOT NULL,
    issued TEXT,
    title TEXT,
    text TEXT NOT NULL,
    UNIQUE (source, lang)
);
INSERT INTO "expressions" VALUES(1,1,'8773251d40c64a05ff52741749202acebe4ed1f2aa12194b8490dca0b297d44b','en','SEOCH','CD/OES/SEOCH/005/2027','[]','2027-01-11','Move of DCASS Settlement Reports to the Report Hub – Nomination of Report Officers and Rehearsal','編號 Ref. No.: CD/OES/SEOCH/005/2027
日期 Date: 11/01/2027

香港聯合交易所期權結算所有限公司
(香港交易及結算所有限公司全資附屬公司)

THE SEHK OPTIONS CLEARING HOUSE LIMITED
(A wholly-owned subsidiary of Hong Kong Exchanges and Clearing Limited)

通告 CIRCULAR

Subject: Move of DCASS Settlement Reports to the Report Hub – Nomination of Report Officers and Rehearsal

Enquiry: Report Hub Hotline: 2979 7685 / E-mail: reporthub@seoch.example

We refer to our circular of 23 November 2026 (Ref. No.: CD/OES/SEOCH/097/2026), in which SEOCH announced that settlement reports will no longer be delivered through the file server. From 19 April 2027 (Monday), Clearing Participants (CPs) will collect every settlement report from the Report Hub.

Nomination of Report Officers

Each CP must nominate at least two Report Officers in Client Connect before 26 February 2027 (Friday). A CP without Report Officers will not be given an account on the Report Hub and will receive no settlement reports after the move.

Briefings

SEOCH will explain the Report Hub in two briefings. CPs should enrol by 27 January 2027 (Wednesday).

Date	Place	Time	Language
2 February 2027 (Tuesday)	Training Room 3, Example Tower, Central	4:15 p.m. – 5:30 p.m.	Cantonese
3 February 2027 (Wednesday)	Webinar		English

Rehearsal

A rehearsal will be held on 13 March 2027 (Saturday) from 10:00 a.m. to 1:00 p.m. at https://rehearsal.reporthub.example/. CPs must return the rehearsal result form to SEOCH no later than 5:30 p.m. on 18 March 2027 (Thursday).

The dates are summed up below.

Date	Event
18 January 2027	Nomination of Report Officers opens
2 & 3 February 2027	Briefings
25 February 2027	Deadline for nomination of Report Officers
Early March 2027	Distribution of Report Hub accounts
13 March 2027	Rehearsal
19 April 2027	• Settlement reports move to the Report Hub
• Closure of the file server

Miranda Fok
Head of Settlement Reports
Operations Division

This circular is issued in English with a Chinese translation. Where the two differ, the English text prevails.');
INSERT INTO "expressions" VALUES(2,1,'0b83266557e8f75891ff250f4f06ae2bbc04b750c6e9819ac8e4bbadd4e66265','zh-Hant','SEOCH','CD/OES/SEOCH/005/2027','[]','2027-01-11','衍生產品結算及交收系統交收報告遷移至報告平台 – 委任報告主任及演習','編號 Ref. No.: CD/OES/SEOCH/005/2027
日期 Date: 11/01/2027

香港聯合交易所期權結算所有限公司
(香港交易及結算所有限公司全資附屬公司)

THE SEHK OPTIONS CLEARING HOUSE LIMITED
(A wholly-owned subsidiary of Hong Kong Exchanges and Clearing Limited)

通告 CIRCULAR

事項：衍生產品結算及交收系統交收報告遷移至報告平台 – 委任報告主任及演習

查詢：報告平台熱線：2979 7685 / 電郵：reporthub@seoch.example

期權結算所曾於2026年11月23日發出通告（編號：CD/OES/SEOCH/097/2026），公布交收報告將不再經檔案伺服器發送。由2027年4月19日（星期一）起，結算參與者（「參與者」）須於報告平台領取所有交收報告。

委任報告主任

每名參與者必須於2027年2月26日（星期五）前在Client Connect委任最少兩名報告主任。未有委任報告主任的參與者將不獲發報告平台帳戶，遷移後亦不會收到交收報告。

簡介會

期權結算所將舉行兩場簡介會介紹報告平台。參與者應於2027年1月27日（星期三）或之前報名。

日期	地點	時間	語言
2027年2月2日（星期二）	中環示例大廈三號培訓室	下午4時15分至下午5時30分	廣東話
2027年2月3日（星期三）	網上研討會		英語

演習

演習將於2027年3月13日（星期六）上午10時至下午1時在 https://rehearsal.reporthub.example/ 進行。參與者必須不遲於2027年3月19日（星期五）下午5時30分向期權結算所交回演習結果表格。

有關日期綜列如下：

時間表
日期	事項
2027年1月18日	開始委任報告主任
2027年2月2及3日	簡介會
2027年2月25日	委任報告主任的截止日期
2027年3月初	分發報告平台帳戶
2027年3月13日	演習
2027年4月19日	交收報告遷移至報告平台
檔案伺服器停止運作

霍敏兒
交收報告主管
營運科

本通告以英文發出，並備有中文譯本。兩者如有歧異，以英文本為準。');
CREATE TABLE findings (
    id INTEGER PRIMARY KEY,
    pair INTEGER REFERENCES pairs(id) ON DELETE CASCADE,
    expression INTEGER NOT NULL REFERENCES expressions(id) ON DELETE CASCADE,
    "check" TEXT NOT NULL,
    level TEXT NOT NULL CHECK (level IN ('error', 'warning', 'note')),
    message TEXT NOT NULL,
    left_value TEXT,
    left_quote TEXT,
    left_start INTEGER,
    left_end INTEGER,
    left_page INTEGER,
    right_value TEXT,
    right_quote TEXT,
    right_start INTEGER,
    right_end INTEGER,
    right_page INTEGER
, name TEXT NOT NULL DEFAULT '', state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'accepted', 'explained', 'fixed')));
INSERT INTO "findings" VALUES(1,1,1,'deadlines','error','another deadline: 2027-03-18 on the left, 2027-03-19 on the right; the English text (left) governs','2027-03-18','18 March 2027 (Thursday)',1460,1484,NULL,'2027-03-19','2027年3月19日（星期五）',741,756,NULL,'f-209f1e02162da197','open');
CREATE TABLE houses (
    code TEXT PRIMARY KEY,
    name_en TEXT,
    name_zh TEXT,
    parent TEXT
);
INSERT INTO "houses" VALUES('AFRC','Accounting and Financial Reporting Council','會計及財務匯報局',NULL);
INSERT INTO "houses" VALUES('AMCM','Monetary Authority of Macao','澳門金融管理局',NULL);
INSERT INTO "houses" VALUES('BSE','Beijing Stock Exchange','北京證券交易所',NULL);
INSERT INTO "houses" VALUES('CSDC','China Securities Depository and Clearing Corporation Limited','中國證券登記結算有限責任公司',NULL);
INSERT INTO "houses" VALUES('CSRC','China Securities Regulatory Commission','中國證券監督管理委員會',NULL);
INSERT INTO "houses" VALUES('HKCC','HKFE Clearing Corporation Limited','香港期貨結算有限公司','HKEX');
INSERT INTO "houses" VALUES('HKEX','Hong Kong Exchanges and Clearing Limited','香港交易及結算所有限公司',NULL);
INSERT INTO "houses" VALUES('HKFE','Hong Kong Futures Exchange Limited','香港期貨交易所有限公司','HKEX');
INSERT INTO "houses" VALUES('HKMA','Hong Kong Monetary Authority','香港金融管理局',NULL);
INSERT INTO "houses" VALUES('HKSCC','Hong Kong Securities Clearing Company Limited','香港中央結算有限公司','HKEX');
INSERT INTO "houses" VALUES('IA','Insurance Authority','保險業監管局',NULL);
INSERT INTO "houses" VALUES('MPFA','Mandatory Provident Fund Schemes Authority','強制性公積金計劃管理局',NULL);
INSERT INTO "houses" VALUES('OTCC','OTC Clearing Hong Kong Limited','香港場外結算有限公司','HKEX');
INSERT INTO "houses" VALUES('PCPD','Office of the Privacy Commissioner for Personal Data','個人資料私隱專員公署',NULL);
INSERT INTO "houses" VALUES('SEHK','The Stock Exchange of Hong Kong Limited','香港聯合交易所有限公司','HKEX');
INSERT INTO "houses" VALUES('SEOCH','The SEHK Options Clearing House Limited','香港聯合交易所期權結算所有限公司','HKEX');
INSERT INTO "houses" VALUES('SFC','Securities and Futures Commission','證券及期貨事務監察委員會',NULL);
INSERT INTO "houses" VALUES('SSE','Shanghai Stock Exchange','上海证券交易所',NULL);
INSERT INTO "houses" VALUES('SZSE','Shenzhen Stock Exchange','深圳证券交易所',NULL);
INSERT INTO "houses" VALUES('TWSE','Taiwan Stock Exchange Corporation','臺灣證券交易所股份有限公司',NULL);
CREATE TABLE moves (
    id INTEGER PRIMARY KEY,
    older INTEGER NOT NULL REFERENCES expressions(id) ON DELETE CASCADE,
    newer INTEGER NOT NULL REFERENCES expressions(id) ON DELETE CASCADE,
    change TEXT NOT NULL CHECK (change IN ('moved', 'firmed')),
    fact TEXT NOT NULL CHECK (fact IN ('deadline', 'event')),
    act TEXT NOT NULL,
    old_start TEXT,
    old_end TEXT,
    old_time TEXT,
    old_quote TEXT NOT NULL,
    old_span_start INTEGER NOT NULL,
    old_span_end INTEGER NOT NULL,
    new_start TEXT,
    new_end TEXT,
    new_time TEXT,
    new_quote TEXT NOT NULL,
    new_span_start INTEGER NOT NULL,
    new_span_end INTEGER NOT NULL
);
CREATE TABLE obligation_deadlines (
    obligation TEXT NOT NULL REFERENCES obligations(id) ON DELETE CASCADE,
    deadline INTEGER NOT NULL REFERENCES deadlines(id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL, governs INTEGER NOT NULL DEFAULT 1 CHECK (governs IN (0, 1)),
    PRIMARY KEY (obligation, deadline)
);
INSERT INTO "obligation_deadlines" VALUES('4b3d3f757f3161d8',3,0,1);
INSERT INTO "obligation_deadlines" VALUES('4b3d3f757f3161d8',7,1,1);
INSERT INTO "obligation_deadlines" VALUES('bd99a9da88568efc',2,0,1);
INSERT INTO "obligation_deadlines" VALUES('bd99a9da88568efc',6,1,1);
INSERT INTO "obligation_deadlines" VALUES('be9479fb5b4256b2',1,0,1);
INSERT INTO "obligation_deadlines" VALUES('be9479fb5b4256b2',4,1,1);
INSERT INTO "obligation_deadlines" VALUES('be9479fb5b4256b2',5,2,1);
INSERT INTO "obligation_deadlines" VALUES('be9479fb5b4256b2',8,3,1);
CREATE TABLE obligation_places (
    obligation TEXT NOT NULL REFERENCES obligations(id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    lang TEXT NOT NULL,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL CHECK (span_end >= span_start),
    quote TEXT NOT NULL,
    PRIMARY KEY (obligation, ordinal)
);
INSERT INTO "obligation_places" VALUES('4b3d3f757f3161d8',0,'en',1433,1484,'no later than 5:30 p.m. on 18 March 2027 (Thursday)');
INSERT INTO "obligation_places" VALUES('4b3d3f757f3161d8',1,'zh-Hant',738,763,'不遲於2027年3月19日（星期五）下午5時30分');
INSERT INTO "obligation_places" VALUES('bd99a9da88568efc',0,'en',1046,1076,'by 27 January 2027 (Wednesday)');
INSERT INTO "obligation_places" VALUES('bd99a9da88568efc',1,'zh-Hant',549,568,'於2027年1月27日（星期三）或之前');
INSERT INTO "obligation_places" VALUES('be9479fb5b4256b2',0,'en',800,832,'before 26 February 2027 (Friday)');
INSERT INTO "obligation_places" VALUES('be9479fb5b4256b2',1,'en',1629,1671,'Deadline for nomination of Report Officers');
INSERT INTO "obligation_places" VALUES('be9479fb5b4256b2',2,'zh-Hant',439,456,'於2027年2月26日（星期五）前');
INSERT INTO "obligation_places" VALUES('be9479fb5b4256b2',3,'zh-Hant',848,859,'委任報告主任的截止日期');
CREATE TABLE obligations (
    id TEXT PRIMARY KEY,
    circular INTEGER NOT NULL REFERENCES circulars(id) ON DELETE CASCADE,
    due TEXT,
    due_business TEXT,
    time TEXT,
    relation TEXT NOT NULL CHECK (relation IN ('by', 'before', 'until', 'within', 'at-least-before', 'on')),
    bearer TEXT NOT NULL,
    action TEXT,
    action_zh TEXT,
    consequence TEXT,
    modality TEXT NOT NULL CHECK (modality IN ('must', 'should', 'may')),
    tentative INTEGER NOT NULL CHECK (tentative IN (0, 1)),
    conflict TEXT,
    status TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'done', 'not applicable'))
, sequence INTEGER NOT NULL DEFAULT 0 CHECK (sequence >= 0), withdrawn INTEGER REFERENCES circulars(id) ON DELETE SET NULL, uid TEXT NOT NULL DEFAULT '', zone TEXT);
INSERT INTO "obligations" VALUES('4b3d3f757f3161d8',1,'2027-03-18','2027-03-18','17:30','by','["CPs","參與者"]','return the rehearsal result form to SEOCH','向期權結算所交回演習結果表格',NULL,'must',0,'''no later than 5:30 p.m. on 18 March 2027 (Thursday)'' in the body (English): due 18 March 2027 at 17:30; ''不遲於2027年3月19日（星期五）下午5時30分'' in the body (Chinese): due 19 March 2027 at 17:30','done',0,NULL,'4b3d3f757f3161d8',NULL);
INSERT INTO "obligations" VALUES('bd99a9da88568efc',1,'2027-01-27','2027-01-27',NULL,'by','["CPs","參與者"]','enrol','報名',NULL,'should',0,NULL,'open',0,NULL,'bd99a9da88568efc',NULL);
INSERT INTO "obligations" VALUES('be9479fb5b4256b2',1,'2027-02-25','2027-02-25',NULL,'before','["CPs","參與者"]','nominate at least two Report Officers in Client Connect','在Client Connect委任最少兩名報告主任','A CP without Report Officers will not be given an account on the Report Hub and will receive no settlement reports after the move.','must',0,NULL,'open',0,NULL,'be9479fb5b4256b2',NULL);
CREATE TABLE own_numbers (
    number TEXT NOT NULL,
    expression INTEGER NOT NULL REFERENCES expressions(id) ON DELETE CASCADE,
    PRIMARY KEY (number, expression)
) WITHOUT ROWID;
INSERT INTO "own_numbers" VALUES('CD/OES/SEOCH/005/2027',1);
INSERT INTO "own_numbers" VALUES('CD/OES/SEOCH/005/2027',2);
CREATE TABLE pairs (
    id INTEGER PRIMARY KEY,
    "left" INTEGER NOT NULL REFERENCES expressions(id) ON DELETE CASCADE,
    "right" INTEGER NOT NULL REFERENCES expressions(id) ON DELETE CASCADE,
    relation TEXT NOT NULL CHECK (relation IN ('sibling', 'translation', 'reissue', 'unrelated')),
    score REAL NOT NULL,
    evidence TEXT NOT NULL,
    UNIQUE ("left", "right"),
    CHECK ("left" <> "right")
);
INSERT INTO "pairs" VALUES(1,1,2,'translation',1.0,'["same house and number CD/OES/SEOCH/005/2027 in two languages"]');
CREATE TABLE paths (
    id INTEGER PRIMARY KEY,
    source TEXT NOT NULL REFERENCES sources(sha256) ON DELETE CASCADE,
    path TEXT NOT NULL,
    added TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
    UNIQUE (source, path)
);
INSERT INTO "paths" VALUES(1,'8773251d40c64a05ff52741749202acebe4ed1f2aa12194b8490dca0b297d44b','seoch-en.txt','2026-01-01T00:00:00Z');
INSERT INTO "paths" VALUES(2,'0b83266557e8f75891ff250f4f06ae2bbc04b750c6e9819ac8e4bbadd4e66265','seoch-zh.html','2026-01-01T00:00:00Z');
CREATE TABLE "references" (
    id INTEGER PRIMARY KEY,
    expression INTEGER NOT NULL REFERENCES expressions(id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    quote TEXT NOT NULL,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL CHECK (span_end >= span_start),
    page INTEGER,
    x0 REAL,
    top REAL,
    x1 REAL,
    bottom REAL,
    rule TEXT NOT NULL,

    number TEXT,
    issued TEXT,
    relation TEXT NOT NULL CHECK (relation IN ('cites', 'amends', 'replaces', 'reminds', 'appends')),
    title TEXT,
    UNIQUE (expression, ordinal)
);
INSERT INTO "references" VALUES(1,1,0,'CD/OES/SEOCH/097/2026',458,479,NULL,NULL,NULL,NULL,NULL,'reference.number','CD/OES/SEOCH/097/2026','2026-11-23','cites',NULL);
INSERT INTO "references" VALUES(2,2,0,'CD/OES/SEOCH/097/2026',336,357,NULL,NULL,NULL,NULL,NULL,'reference.number','CD/OES/SEOCH/097/2026','2026-11-23','cites',NULL);
CREATE TABLE review_places (
    review TEXT NOT NULL REFERENCES reviews(name) DEFERRABLE INITIALLY DEFERRED,
    expression INTEGER NOT NULL REFERENCES expressions(id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    place INTEGER,
    ordinal INTEGER,
    reading TEXT NOT NULL CHECK (reading IN ('same', 'changed', 'gone')),
    read TEXT,
    PRIMARY KEY (review, expression)
);
CREATE TABLE reviews (
    name TEXT PRIMARY KEY,
    decision INTEGER NOT NULL REFERENCES decisions(id),
    act TEXT NOT NULL CHECK (act IN ('accept', 'correct', 'reject')),
    work TEXT NOT NULL,
    source TEXT NOT NULL,
    kind TEXT NOT NULL,
    quote TEXT NOT NULL,
    line TEXT NOT NULL,
    span_start INTEGER,
    span_end INTEGER CHECK (span_end >= span_start),
    read TEXT NOT NULL,
    value TEXT
);
CREATE TABLE settings (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);
CREATE TABLE sources (
    sha256 TEXT PRIMARY KEY,
    path TEXT NOT NULL,
    media_type TEXT NOT NULL,
    pages INTEGER,
    added TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))
, edition TEXT);
INSERT INTO "sources" VALUES('0b83266557e8f75891ff250f4f06ae2bbc04b750c6e9819ac8e4bbadd4e66265','seoch-zh.html','text/html',NULL,'2026-01-01T00:00:00Z','8d8eb70ba270fc81');
INSERT INTO "sources" VALUES('8773251d40c64a05ff52741749202acebe4ed1f2aa12194b8490dca0b297d44b','seoch-en.txt','text/plain',NULL,'2026-01-01T00:00:00Z','8d8eb70ba270fc81');
CREATE TABLE tables (
    id INTEGER PRIMARY KEY,
    expression INTEGER NOT NULL REFERENCES expressions(id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    caption TEXT,
    header INTEGER NOT NULL,
    rows TEXT NOT NULL,
    merged TEXT NOT NULL,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL CHECK (span_end >= span_start),
    page INTEGER,
    x0 REAL,
    top REAL,
    x1 REAL,
    bottom REAL,
    rule TEXT NOT NULL, columns TEXT NOT NULL DEFAULT '[]', cells TEXT NOT NULL DEFAULT '[]',
    UNIQUE (expression, ordinal)
);
INSERT INTO "tables" VALUES(1,1,0,NULL,1,'[["Date","Place","Time","Language"],["2 February 2027 (Tuesday)","Training Room 3, Example Tower, Central","4:15 p.m. – 5:30 p.m.","Cantonese"],["3 February 2027 (Wednesday)","Webinar","","English"]]','[]',1079,1246,NULL,NULL,NULL,NULL,NULL,'plain.rows','[{"col":0,"heading":"Date","kind":"date","unit":null},{"col":1,"heading":"Place","kind":"place","unit":null},{"col":2,"heading":"Time","kind":"time","unit":null},{"col":3,"heading":"Language","kind":"language","unit":null}]','[{"row":1,"col":0,"kind":"date","value":"2027-02-02","unit":null,"span":[1104,1129]},{"row":1,"col":1,"kind":"place","value":"Training Room 3, Example Tower, Central","unit":null,"span":[1130,1169]},{"row":1,"col":2,"kind":"time","value":"16:15/17:30","unit":null,"span":[1170,1191]},{"row":1,"col":3,"kind":"language","value":"yue","unit":null,"span":[1192,1201]},{"row":2,"col":0,"kind":"date","value":"2027-02-03","unit":null,"span":[1202,1229]},{"row":2,"col":1,"kind":"place","value":"Webinar","unit":null,"span":[1230,1237]},{"row":2,"col":3,"kind":"language","value":"en","unit":null,"span":[1239,1246]}]');
INSERT INTO "tables" VALUES(2,1,1,NULL,1,'[["Date","Event"],["18 January 2027","Nomination of Report Officers opens"],["2 & 3 February 2027","Briefings"],["25 February 2027","Deadline for nomination of Report Officers"],["Early March 2027","Distribution of Report Hub accounts"],["13 March 2027","Rehearsal"],["19 April 2027","• Settlement reports move to the Report Hub\n• Closure of the file server"]]','[]',1519,1835,NULL,NULL,NULL,NULL,NULL,'plain.rows','[{"col":0,"heading":"Date","kind":"date","unit":null},{"col":1,"heading":"Event","kind":"text","unit":null}]','[{"row":1,"col":0,"kind":"date","value":"2027-01-18","unit":null,"span":[1530,1545]},{"row":2,"col":0,"kind":"date","value":"2027-02-02 2027-02-03","unit":null,"span":[1582,1601]},{"row":3,"col":0,"kind":"date","value":"2027-02-25","unit":null,"span":[1612,1628]},{"row":4,"col":0,"kind":"period","value":"2027-03-01/2027-03-10","unit":null,"span":[1672,1688]},{"row":5,"col":0,"kind":"date","value":"2027-03-13","unit":null,"span":[1725,1738]},{"row":6,"col":0,"kind":"date","value":"2027-04-19","unit":null,"span":[1749,1762]}]');
INSERT INTO "tables" VALUES(3,2,0,NULL,1,'[["日期","地點","時間","語言"],["2027年2月2日（星期二）","中環示例大廈三號培訓室","下午4時15分至下午5時30分","廣東話"],["2027年2月3日（星期三）","網上研討會","","英語"]]','[{"row":1,"col":2,"rowspan":2,"colspan":1}]',573,656,NULL,NULL,NULL,NULL,NULL,'html.table','[{"col":0,"heading":"日期","kind":"date","unit":null},{"col":1,"heading":"地點","kind":"place","unit":null},{"col":2,"heading":"時間","kind":"time","unit":null},{"col":3,"heading":"語言","kind":"language","unit":null}]','[{"row":1,"col":0,"kind":"date","value":"2027-02-02","unit":null,"span":[585,599]},{"row":1,"col":1,"kind":"place","value":"中環示例大廈三號培訓室","unit":null,"span":[600,611]},{"row":1,"col":2,"kind":"time","value":"16:15/17:30","unit":null,"span":[612,627]},{"row":1,"col":3,"kind":"language","value":"yue","unit":null,"span":[628,631]},{"row":2,"col":0,"kind":"date","value":"2027-02-03","unit":null,"span":[632,646]},{"row":2,"col":1,"kind":"place","value":"網上研討會","unit":null,"span":[647,652]},{"row":2,"col":3,"kind":"language","value":"en","unit":null,"span":[654,656]}]');
INSERT INTO "tables" VALUES(4,2,1,'時間表',1,'[["日期","事項"],["2027年1月18日","開始委任報告主任"],["2027年2月2及3日","簡介會"],["2027年2月25日","委任報告主任的截止日期"],["2027年3月初","分發報告平台帳戶"],["2027年3月13日","演習"],["2027年4月19日","交收報告遷移至報告平台\n檔案伺服器停止運作"]]','[]',795,924,NULL,NULL,NULL,NULL,NULL,'html.table','[{"col":0,"heading":"日期","kind":"date","unit":null},{"col":1,"heading":"事項","kind":"text","unit":null}]','[{"row":1,"col":0,"kind":"date","value":"2027-01-18","unit":null,"span":[801,811]},{"row":2,"col":0,"kind":"date","value":"2027-02-02 2027-02-03","unit":null,"span":[821,832]},{"row":3,"col":0,"kind":"date","value":"2027-02-25","unit":null,"span":[837,847]},{"row":4,"col":0,"kind":"period","value":"2027-03-01/2027-03-10","unit":null,"span":[860,868]},{"row":5,"col":0,"kind":"date","value":"2027-03-13","unit":null,"span":[878,888]},{"row":6,"col":0,"kind":"date","value":"2027-04-19","unit":null,"span":[892,902]}]');
CREATE TABLE times (
    id INTEGER PRIMARY KEY,
    expression INTEGER NOT NULL REFERENCES expressions(id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    quote TEXT NOT NULL,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL CHECK (span_end >= span_start),
    page INTEGER,
    x0 REAL,
    top REAL,
    x1 REAL,
    bottom REAL,
    rule TEXT NOT NULL,

    time TEXT NOT NULL,
    end_time TEXT,
    UNIQUE (expression, ordinal)
);
INSERT INTO "times" VALUES(1,1,0,'4:15 p.m. – 5:30 p.m.',1170,1191,NULL,NULL,NULL,NULL,NULL,'en.times.range12','16:15','17:30');
INSERT INTO "times" VALUES(2,1,1,'10:00 a.m. to 1:00 p.m.',1317,1340,NULL,NULL,NULL,NULL,NULL,'en.times.range12','10:00','13:00');
INSERT INTO "times" VALUES(3,1,2,'5:30 p.m.',1447,1456,NULL,NULL,NULL,NULL,NULL,'en.times.clock12','17:30',NULL);
INSERT INTO "times" VALUES(4,2,0,'下午4時15分至下午5時30分',612,627,NULL,NULL,NULL,NULL,NULL,'zh.times.range','16:15','17:30');
INSERT INTO "times" VALUES(5,2,1,'上午10時至下午1時',681,691,NULL,NULL,NULL,NULL,NULL,'zh.times.range','10:00','13:00');
INSERT INTO "times" VALUES(6,2,2,'下午5時30分',756,763,NULL,NULL,NULL,NULL,NULL,'zh.times.clock','17:30',NULL);
CREATE TABLE unexplained (
    id INTEGER PRIMARY KEY,
    expression INTEGER NOT NULL REFERENCES expressions(id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    quote TEXT NOT NULL,
    span_start INTEGER NOT NULL,
    span_end INTEGER NOT NULL CHECK (span_end >= span_start),
    why TEXT NOT NULL,
    UNIQUE (expression, ordinal)
);
CREATE TABLE warnings (
    id INTEGER PRIMARY KEY,
    expression INTEGER NOT NULL REFERENCES expressions(id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    code TEXT NOT NULL,
    message TEXT NOT NULL,
    page INTEGER,
    UNIQUE (expression, ordinal)
);
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE UNIQUE INDEX circulars_own_number ON circulars(coalesce(issuer, ''), number) WHERE number IS NOT NULL;
CREATE INDEX circulars_issued ON circulars(issued);
CREATE INDEX sources_path ON sources(path);
CREATE INDEX expressions_number ON expressions(number);
CREATE INDEX expressions_issued ON expressions(issued);
CREATE INDEX dates_start ON dates(start);
CREATE INDEX deadlines_due ON deadlines(due);
CREATE INDEX deadlines_stated ON deadlines(stated);
CREATE INDEX contacts_value ON contacts(value);
CREATE INDEX references_number ON "references"(number);
CREATE INDEX events_start ON events(start);
CREATE INDEX pairs_right ON pairs("right");
CREATE INDEX findings_pair ON findings(pair);
CREATE INDEX findings_expression ON findings(expression);
CREATE INDEX findings_level ON findings(level);
CREATE INDEX obligations_due ON obligations(due, circular);
CREATE INDEX obligation_deadlines_deadline ON obligation_deadlines(deadline);
CREATE VIEW obligations_by_party AS
SELECT
    p.value AS party,
    o.id AS obligation, o.due, o.due_business, o.time, o.relation, o.modality, o.tentative, o.status,
    o.action, o.action_zh, o.consequence, o.conflict,
    o.circular, c.issuer AS house, c.number, c.title_en, c.title_zh
FROM obligations AS o
JOIN circulars AS c ON c.id = o.circular
LEFT JOIN json_each(o.bearer) AS p;
CREATE INDEX amounts_value ON amounts(unit, value);
CREATE VIEW table_columns AS
SELECT
    t.id AS "table",
    json_extract(c.value, '$.col') AS col,
    json_extract(c.value, '$.heading') AS heading,
    json_extract(c.value, '$.kind') AS kind,
    json_extract(c.value, '$.unit') AS unit,
    t.caption, t.expression, e.lang, e.circular
FROM tables AS t
JOIN json_each(t.columns) AS c
JOIN expressions AS e ON e.id = t.expression;
CREATE VIEW table_cells AS
SELECT
    t.id AS "table",
    json_extract(c.value, '$.row') AS "row",
    json_extract(c.value, '$.col') AS col,
    json_extract(c.value, '$.kind') AS kind,
    json_extract(c.value, '$.value') AS value,
    json_extract(c.value, '$.unit') AS unit,
    json_extract(t.rows, '$[' || json_extract(c.value, '$.row') || '][' || json_extract(c.value, '$.col') || ']') AS printed,
    json_extract(t.columns, '$[' || json_extract(c.value, '$.col') || '].heading') AS heading,
    json_extract(c.value, '$.span[0]') AS span_start, json_extract(c.value, '$.span[1]') AS span_end,
    t.caption, t.page, t.expression, e.lang, e.circular
FROM tables AS t
JOIN json_each(t.cells) AS c
JOIN expressions AS e ON e.id = t.expression;
CREATE INDEX event_deadlines_deadline ON event_deadlines(deadline);
CREATE INDEX decisions_subject ON decisions(kind, subject, id);
CREATE TRIGGER decisions_follow BEFORE INSERT ON decisions
WHEN NEW.id IS NOT (SELECT coalesce(max(id), 0) + 1 FROM decisions)
    OR NEW.previous IS NOT coalesce((SELECT hash FROM decisions ORDER BY id DESC LIMIT 1), printf('%064d', 0))
BEGIN SELECT RAISE(ABORT, 'a decision follows the last one'); END;
CREATE TRIGGER decisions_stay BEFORE UPDATE ON decisions
BEGIN SELECT RAISE(ABORT, 'decisions are not changed; decide again'); END;
CREATE TRIGGER decisions_last BEFORE DELETE ON decisions
BEGIN SELECT RAISE(ABORT, 'decisions are not deleted; decide again'); END;
CREATE INDEX circulars_issuer_issued ON circulars(issuer, issued);
CREATE INDEX circulars_series ON circulars(issuer, series, place);
CREATE INDEX own_numbers_expression ON own_numbers(expression);
CREATE INDEX moves_older ON moves(older);
CREATE INDEX moves_newer ON moves(newer);
CREATE INDEX references_issued ON "references"(issued) WHERE number IS NULL;
CREATE INDEX cited_circular ON cited(circular);
CREATE VIEW citations AS
SELECT
    r.id AS reference, e.circular, c.issuer AS house, c.number, c.issued, r.relation, t.circular AS cited,
    r.number AS cited_number, r.issued AS cited_issued, r.title AS cited_title, r.quote, r.page, r.expression, e.lang
FROM "references" AS r
JOIN expressions AS e ON e.id = r.expression
JOIN circulars AS c ON c.id = e.circular
LEFT JOIN cited AS t ON t.reference = r.id
WHERE NOT EXISTS (
    SELECT 1 FROM own_numbers AS o JOIN expressions AS x ON x.id = o.expression WHERE o.number = r.number AND x.circular = e.circular
);
CREATE VIEW dangling_references AS
SELECT
    circular, house, number, issued, relation, cited_number, cited_issued, max(cited_title) AS cited_title,
    quote, page, min(expression) AS expression
FROM citations
WHERE cited IS NULL AND (cited_number GLOB '*[0-9]*' AND cited_number LIKE '%/%' OR cited_number IS NULL AND cited_issued IS NOT NULL)
GROUP BY circular, relation, cited_number, cited_issued;
CREATE INDEX findings_name ON findings(name);
CREATE VIEW all_findings AS
SELECT
    f.name AS id, f.state, f.level, f."check", f.message,
    f.left_value, f.left_quote, f.left_page, f.right_value, f.right_quote, f.right_page,
    json_extract(d.content, '$.why') AS why, json_extract(d.content, '$.by') AS fixed_by, d.who AS decided_by, d.at AS decided_at,
    f.pair, f.expression, e.lang, c.id AS circular, c.issuer AS house, c.number, c.issued, c.title_en, c.title_zh
FROM findings AS f
JOIN expressions AS e ON e.id = f.expression
JOIN circulars AS c ON c.id = e.circular
LEFT JOIN decisions AS d ON d.id = (
    SELECT max(id) FROM decisions WHERE kind = 'finding' AND subject = f.name AND act IN ('explain', 'accept', 'fix', 'reopen'));
CREATE VIEW circulars_with_findings AS
SELECT
    c.id AS circular, c.issuer AS house, c.number, c.issued, c.title_en, c.title_zh,
    count(DISTINCT f.id) FILTER (WHERE f.level = 'error') AS errors,
    count(DISTINCT f.id) FILTER (WHERE f.level = 'warning') AS warnings,
    count(DISTINCT f.id) FILTER (WHERE f.level = 'note') AS notes
FROM circulars AS c
JOIN expressions AS e ON e.circular = c.id
JOIN (
    SELECT id, level, expression FROM findings WHERE state = 'open'
    UNION ALL
    SELECT f.id, f.level, p."right" FROM findings AS f JOIN pairs AS p ON p.id = f.pair WHERE f.state = 'open'
) AS f ON f.expression = e.id
GROUP BY c.id;
CREATE TRIGGER "expressions_fts_insert" AFTER INSERT ON "expressions" BEGIN INSERT INTO "expressions_fts" (rowid, "title", "number", "other_numbers", "text") VALUES (new.id, cut(new."title"), cut(new."number"), cut(new."other_numbers"), cut(new."text")); END;
CREATE TRIGGER "expressions_fts_delete" AFTER DELETE ON "expressions" BEGIN INSERT INTO "expressions_fts" ("expressions_fts", rowid, "title", "number", "other_numbers", "text") VALUES ('delete', old.id, cut(old."title"), cut(old."number"), cut(old."other_numbers"), cut(old."text")); END;
CREATE TRIGGER "expressions_fts_update" AFTER UPDATE OF "id", "title", "number", "other_numbers", "text" ON "expressions" BEGIN INSERT INTO "expressions_fts" ("expressions_fts", rowid, "title", "number", "other_numbers", "text") VALUES ('delete', old.id, cut(old."title"), cut(old."number"), cut(old."other_numbers"), cut(old."text")); INSERT INTO "expressions_fts" (rowid, "title", "number", "other_numbers", "text") VALUES (new.id, cut(new."title"), cut(new."number"), cut(new."other_numbers"), cut(new."text")); END;
CREATE TRIGGER "deadlines_fts_insert" AFTER INSERT ON "deadlines" BEGIN INSERT INTO "deadlines_fts" (rowid, "quote", "bearer", "action", "consequence") VALUES (new.id, cut(new."quote"), cut(new."bearer"), cut(new."action"), cut(new."consequence")); END;
CREATE TRIGGER "deadlines_fts_delete" AFTER DELETE ON "deadlines" BEGIN INSERT INTO "deadlines_fts" ("deadlines_fts", rowid, "quote", "bearer", "action", "consequence") VALUES ('delete', old.id, cut(old."quote"), cut(old."bearer"), cut(old."action"), cut(old."consequence")); END;
CREATE TRIGGER "deadlines_fts_update" AFTER UPDATE OF "id", "quote", "bearer", "action", "consequence" ON "deadlines" BEGIN INSERT INTO "deadlines_fts" ("deadlines_fts", rowid, "quote", "bearer", "action", "consequence") VALUES ('delete', old.id, cut(old."quote"), cut(old."bearer"), cut(old."action"), cut(old."consequence")); INSERT INTO "deadlines_fts" (rowid, "quote", "bearer", "action", "consequence") VALUES (new.id, cut(new."quote"), cut(new."bearer"), cut(new."action"), cut(new."consequence")); END;
CREATE TRIGGER "duties_fts_insert" AFTER INSERT ON "duties" BEGIN INSERT INTO "duties_fts" (rowid, "quote", "bearer", "action") VALUES (new.id, cut(new."quote"), cut(new."bearer"), cut(new."action")); END;
CREATE TRIGGER "duties_fts_delete" AFTER DELETE ON "duties" BEGIN INSERT INTO "duties_fts" ("duties_fts", rowid, "quote", "bearer", "action") VALUES ('delete', old.id, cut(old."quote"), cut(old."bearer"), cut(old."action")); END;
CREATE TRIGGER "duties_fts_update" AFTER UPDATE OF "id", "quote", "bearer", "action" ON "duties" BEGIN INSERT INTO "duties_fts" ("duties_fts", rowid, "quote", "bearer", "action") VALUES ('delete', old.id, cut(old."quote"), cut(old."bearer"), cut(old."action")); INSERT INTO "duties_fts" (rowid, "quote", "bearer", "action") VALUES (new.id, cut(new."quote"), cut(new."bearer"), cut(new."action")); END;
CREATE TRIGGER "events_fts_insert" AFTER INSERT ON "events" BEGIN INSERT INTO "events_fts" (rowid, "quote", "title") VALUES (new.id, cut(new."quote"), cut(new."title")); END;
CREATE TRIGGER "events_fts_delete" AFTER DELETE ON "events" BEGIN INSERT INTO "events_fts" ("events_fts", rowid, "quote", "title") VALUES ('delete', old.id, cut(old."quote"), cut(old."title")); END;
CREATE TRIGGER "events_fts_update" AFTER UPDATE OF "id", "quote", "title" ON "events" BEGIN INSERT INTO "events_fts" ("events_fts", rowid, "quote", "title") VALUES ('delete', old.id, cut(old."quote"), cut(old."title")); INSERT INTO "events_fts" (rowid, "quote", "title") VALUES (new.id, cut(new."quote"), cut(new."title")); END;
CREATE TRIGGER "contacts_fts_insert" AFTER INSERT ON "contacts" BEGIN INSERT INTO "contacts_fts" (rowid, "quote", "value", "label", "title", "org", "role") VALUES (new.id, cut(new."quote"), cut(new."value"), cut(new."label"), cut(new."title"), cut(new."org"), cut(new."role")); END;
CREATE TRIGGER "contacts_fts_delete" AFTER DELETE ON "contacts" BEGIN INSERT INTO "contacts_fts" ("contacts_fts", rowid, "quote", "value", "label", "title", "org", "role") VALUES ('delete', old.id, cut(old."quote"), cut(old."value"), cut(old."label"), cut(old."title"), cut(old."org"), cut(old."role")); END;
CREATE TRIGGER "contacts_fts_update" AFTER UPDATE OF "id", "quote", "value", "label", "title", "org", "role" ON "contacts" BEGIN INSERT INTO "contacts_fts" ("contacts_fts", rowid, "quote", "value", "label", "title", "org", "role") VALUES ('delete', old.id, cut(old."quote"), cut(old."value"), cut(old."label"), cut(old."title"), cut(old."org"), cut(old."role")); INSERT INTO "contacts_fts" (rowid, "quote", "value", "label", "title", "org", "role") VALUES (new.id, cut(new."quote"), cut(new."value"), cut(new."label"), cut(new."title"), cut(new."org"), cut(new."role")); END;
CREATE TRIGGER "references_fts_insert" AFTER INSERT ON "references" BEGIN INSERT INTO "references_fts" (rowid, "quote", "number", "title") VALUES (new.id, cut(new."quote"), cut(new."number"), cut(new."title")); END;
CREATE TRIGGER "references_fts_delete" AFTER DELETE ON "references" BEGIN INSERT INTO "references_fts" ("references_fts", rowid, "quote", "number", "title") VALUES ('delete', old.id, cut(old."quote"), cut(old."number"), cut(old."title")); END;
CREATE TRIGGER "references_fts_update" AFTER UPDATE OF "id", "quote", "number", "title" ON "references" BEGIN INSERT INTO "references_fts" ("references_fts", rowid, "quote", "number", "title") VALUES ('delete', old.id, cut(old."quote"), cut(old."number"), cut(old."title")); INSERT INTO "references_fts" (rowid, "quote", "number", "title") VALUES (new.id, cut(new."quote"), cut(new."number"), cut(new."title")); END;
CREATE TRIGGER "definitions_fts_insert" AFTER INSERT ON "definitions" BEGIN INSERT INTO "definitions_fts" (rowid, "quote", "term", "full") VALUES (new.id, cut(new."quote"), cut(new."term"), cut(new."full")); END;
CREATE TRIGGER "definitions_fts_delete" AFTER DELETE ON "definitions" BEGIN INSERT INTO "definitions_fts" ("definitions_fts", rowid, "quote", "term", "full") VALUES ('delete', old.id, cut(old."quote"), cut(old."term"), cut(old."full")); END;
CREATE TRIGGER "definitions_fts_update" AFTER UPDATE OF "id", "quote", "term", "full" ON "definitions" BEGIN INSERT INTO "definitions_fts" ("definitions_fts", rowid, "quote", "term", "full") VALUES ('delete', old.id, cut(old."quote"), cut(old."term"), cut(old."full")); INSERT INTO "definitions_fts" (rowid, "quote", "term", "full") VALUES (new.id, cut(new."quote"), cut(new."term"), cut(new."full")); END;
CREATE INDEX reviews_work ON reviews(work);
CREATE INDEX reviews_source ON reviews(source);
CREATE INDEX review_places_fact ON review_places(expression, kind, ordinal);
CREATE VIEW reviewed_facts AS
SELECT
    v.name AS id,
    CASE v.act WHEN 'accept' THEN 'accepted' WHEN 'correct' THEN 'corrected' ELSE 'rejected' END AS state,
    v.kind, v.quote, coalesce(p.reading, 'lost') AS reading,
    json_remove(v.value, '$.quote', '$.span', '$.page', '$.bbox', '$.rule') AS value,
    json_remove(p.read, '$.quote', '$.span', '$.page', '$.bbox', '$.rule') AS read_now,
    json_remove(v.read, '$.quote', '$.span', '$.page', '$.bbox', '$.rule') AS read_then,
    json_extract(d.content, '$.why') AS why, d.who AS decided_by, d.at AS decided_at, p.ordinal,
    p.expression, e.lang, c.id AS circular,
    coalesce(c.issuer, json_extract(d.content, '$.told.house')) AS house,
    coalesce(c.number, json_extract(d.content, '$.told.number')) AS number,
    c.issued, c.title_en, c.title_zh
FROM reviews AS v
JOIN decisions AS d ON d.id = v.decision
LEFT JOIN review_places AS p ON p.review = v.name
LEFT JOIN expressions AS e ON e.id = p.expression
LEFT JOIN circulars AS c ON c.id = e.circular;
CREATE VIEW corrections AS
SELECT expression, kind, ordinal, id, decided_by AS corrected_by, decided_at AS corrected_at
FROM reviewed_facts WHERE state = 'corrected' AND ordinal IS NOT NULL;
CREATE VIEW deadlines_view AS
SELECT
    d.id, d.due, d.due_business, d.stated, d.relation, d.time, d.modality, d.tentative,
    (SELECT group_concat(value, ', ') FROM json_each(d.bearer)) AS bearer,
    d.action, d.consequence, d.why, d.quote, d.page, d.rule,
    e.id AS expression, e.lang, c.id AS circular, c.issuer AS house, c.number, c.issued, c.title_en, c.title_zh,
    (SELECT corrected_by FROM corrections WHERE expression = d.expression AND kind = 'deadlines' AND ordinal = d.ordinal) AS corrected_by
FROM deadlines AS d
JOIN expressions AS e ON e.id = d.expression
JOIN circulars AS c ON c.id = e.circular;
CREATE VIEW calendar_events AS
SELECT
    v.id, v.start, v."end", v.time, v.end_time, v.title, v.quote, v.page, v."table", v."row",
    coalesce(v.start, v."end") AS earliest, coalesce(v."end", '9999-12-31') AS latest,
    d.id AS deadline, d.due, d.due_business,
    e.id AS expression, e.lang, c.id AS circular, c.issuer AS house, c.number, c.title_en, c.title_zh,
    (SELECT corrected_by FROM corrections WHERE expression = v.expression AND kind = 'events' AND ordinal = v.ordinal) AS corrected_by
FROM events AS v
JOIN expressions AS e ON e.id = v.expression
JOIN circulars AS c ON c.id = e.circular
LEFT JOIN event_deadlines AS h ON h.event = v.id
LEFT JOIN deadlines AS d ON d.id = h.deadline;
CREATE VIEW who_to_call AS
SELECT
    x.kind, x.value, x.label, x.title, x.org, x.role,
    c.issuer AS house, h.name_en AS house_en, h.name_zh AS house_zh,
    c.id AS circular, c.number, c.issued, c.title_en, c.title_zh, e.lang, x.quote, x.page, x.expression,
    (SELECT corrected_by FROM corrections WHERE expression = x.expression AND kind = 'contacts' AND ordinal = x.ordinal) AS corrected_by
FROM contacts AS x
JOIN expressions AS e ON e.id = x.expression
JOIN circulars AS c ON c.id = e.circular
LEFT JOIN houses AS h ON h.code = c.issuer;
CREATE VIEW decisions_adrift AS
SELECT
    d.id, d.at, d.who, d.kind, d.subject, d.act, d.content,
    json_extract(d.content, '$.told.house') AS house, json_extract(d.content, '$.told.number') AS number
FROM decisions AS d
WHERE CASE d.kind
        WHEN 'obligation' THEN NOT EXISTS (SELECT 1 FROM obligations WHERE id = d.subject)
        WHEN 'finding' THEN NOT EXISTS (SELECT 1 FROM findings WHERE name = d.subject)
        ELSE EXISTS (SELECT 1 FROM reviews WHERE decision = d.id) AND NOT EXISTS (SELECT 1 FROM review_places WHERE review = d.subject)
    END
    AND d.id = (SELECT max(id) FROM decisions AS n WHERE n.kind = d.kind AND n.subject = d.subject);
CREATE INDEX obligations_withdrawn ON obligations(withdrawn) WHERE withdrawn IS NOT NULL;
CREATE VIEW obligation_statements AS
SELECT
    m.obligation, m.governs, d.due, d.time, d.relation, d.quote, d.page, e.lang, e.issued,
    e.circular, c.issuer AS house, c.number, c.title_en, c.title_zh, d.expression
FROM obligation_deadlines AS m
JOIN deadlines AS d ON d.id = m.deadline
JOIN expressions AS e ON e.id = d.expression
JOIN circulars AS c ON c.id = e.circular;
CREATE VIEW missing_halves AS
WITH
told AS MATERIALIZED (
    SELECT
        c.id AS circular, c.issuer AS house, coalesce(substr(c.series, 1, instr(c.series, '#') - 1), '') AS kind,
        max(e.lang IN ('en', 'mul')) AS english, max(e.lang <> 'en') AS chinese
    FROM circulars AS c JOIN expressions AS e ON e.circular = c.id WHERE c.issuer IS NOT NULL GROUP BY c.id
),
kin AS MATERIALIZED (
    SELECT a.circular, b.issuer AS house FROM pairs AS p
    JOIN expressions AS a ON a.id = p."left" JOIN expressions AS b ON b.id = p."right" WHERE p.relation = 'sibling'
    UNION
    SELECT b.circular, a.issuer FROM pairs AS p
    JOIN expressions AS a ON a.id = p."left" JOIN expressions AS b ON b.id = p."right" WHERE p.relation = 'sibling'
),
kinds AS MATERIALIZED (SELECT house, kind, count(*) AS circulars, sum(english AND chinese) AS bilingual FROM told GROUP BY house, kind),
habits AS MATERIALIZED (
    SELECT k.house, k.kind, 'language' AS half, NULL AS other FROM kinds AS k WHERE k.bilingual >= 3 AND k.bilingual * 4 >= k.circulars * 3
    UNION ALL
    SELECT k.house, k.kind, 'sibling', s.house
    FROM kinds AS k JOIN told AS t ON t.house = k.house AND t.kind = k.kind JOIN kin AS s ON s.circular = t.circular
    WHERE s.house IS NOT NULL
    GROUP BY k.house, k.kind, s.house HAVING count(*) >= 3 AND count(*) * 4 >= k.circulars * 3
),
halves AS (
    SELECT t.circular, h.half, CASE WHEN t.english THEN 'zh' ELSE 'en' END AS missing
    FROM told AS t JOIN habits AS h ON h.house = t.house AND h.kind = t.kind AND h.half = 'language'
    WHERE t.english + t.chinese = 1
    UNION ALL
    SELECT t.circular, h.half, h.other
    FROM told AS t JOIN habits AS h ON h.house = t.house AND h.kind = t.kind AND h.half = 'sibling'
    WHERE NOT EXISTS (SELECT 1 FROM kin WHERE kin.circular = t.circular AND kin.house = h.other)
)
SELECT c.issuer AS house, h.half, h.missing, c.id AS circular, c.number, c.issued, c.title_en, c.title_zh
FROM halves AS h JOIN circulars AS c ON c.id = h.circular;
CREATE INDEX circulars_number ON circulars(number) WHERE number IS NOT NULL;
CREATE INDEX expressions_languages ON expressions(circular, lang);
CREATE INDEX events_days ON events("end", start, expression) WHERE start IS "end";
CREATE INDEX findings_open ON findings(pair, expression, level, state) WHERE state = 'open' AND level <> 'note';
CREATE INDEX deadlines_bearer ON deadlines(bearer, expression);
CREATE INDEX duties_bearer ON duties(bearer, expression);
CREATE INDEX findings_checks ON findings("check");
CREATE INDEX obligations_bearer ON obligations(bearer);
CREATE INDEX obligations_open ON obligations(due, circular, bearer, status, withdrawn)
    WHERE due IS NOT NULL AND status = 'open' AND withdrawn IS NULL;
CREATE INDEX obligations_uid ON obligations(uid);
CREATE VIEW findings_changed AS
SELECT
    f.name AS id, CASE d.act WHEN 'accept' THEN 'accepted' WHEN 'explain' THEN 'explained' ELSE 'fixed' END AS was,
    d.subject AS former, json_extract(d.content, '$.why') AS why, json_extract(d.content, '$.by') AS fixed_by,
    d.who AS decided_by, d.at AS decided_at, min(d.id) AS decision
FROM decisions_adrift AS d
JOIN circulars AS c ON c.issuer IS json_extract(d.content, '$.told.house') AND c.number IS json_extract(d.content, '$.told.number')
JOIN expressions AS e ON e.circular = c.id
JOIN findings AS f ON f.expression = e.id OR f.pair IN (SELECT id FROM pairs WHERE "right" = e.id)
WHERE d.kind = 'finding' AND d.act <> 'reopen' AND f.state = 'open' AND f."check" = json_extract(d.content, '$.told.check')
    AND (
        f.left_quote IN (json_extract(d.content, '$.told.left_quote'), json_extract(d.content, '$.told.right_quote'))
        OR f.right_quote IN (json_extract(d.content, '$.told.left_quote'), json_extract(d.content, '$.told.right_quote'))
    )
GROUP BY f.name;
CREATE INDEX events_periods ON events(coalesce(start, "end"), coalesce("end", start), expression, start, "end") WHERE start IS NOT "end";
CREATE INDEX events_long ON events(coalesce("end", start), coalesce(start, "end"), expression, start, "end")
    WHERE julianday("end") - julianday(start) > 92;
CREATE INDEX obligations_circular ON obligations(circular, due, time, status, withdrawn);
CREATE INDEX calendar_told_obligation ON calendar_told(obligation);
CREATE VIEW history AS
SELECT
    m.id, m.change, m.fact, m.act, m.old_start, m.old_end, m.old_time, m.new_start, m.new_end, m.new_time, m.old_quote, m.new_quote,
    n.issued AS changed_on, cn.issuer AS changed_by, n.number AS changed_in, n.lang,
    o.issued AS stated_on, co.issuer AS stated_by, o.number AS stated_in,
    o.circular AS older_circular, n.circular AS newer_circular, m.older, m.newer
FROM moves AS m
JOIN expressions AS o ON o.id = m.older
JOIN expressions AS n ON n.id = m.newer
JOIN circulars AS co ON co.id = o.circular
JOIN circulars AS cn ON cn.id = n.circular
UNION ALL
SELECT
    NULL, 'withdrawn', 'deadline', coalesce(o.action, o.action_zh, d.quote), o.due, o.due, o.time, NULL, NULL, NULL, d.quote, NULL,
    w.issued, w.issuer, w.number, e.lang,
    e.issued, c.issuer, e.number,
    e.circular, w.id, e.id, (SELECT min(id) FROM expressions WHERE circular = w.id)
FROM obligations AS o
JOIN circulars AS w ON w.id = o.withdrawn
JOIN obligation_deadlines AS m ON m.obligation = o.id AND m.ordinal = 0
JOIN deadlines AS d ON d.id = m.deadline
JOIN expressions AS e ON e.id = d.expression
JOIN circulars AS c ON c.id = e.circular
WHERE o.withdrawn IS NOT NULL;
CREATE VIEW number_gaps AS
WITH
cut AS MATERIALIZED (
    SELECT
        c.issuer AS house, h.parent, c.series, c.place, c.number,
        substr(c.series, 1, instr(c.series, '/#') - 1) AS head, substr(c.series, instr(c.series, '/#')) AS tail
    FROM circulars AS c LEFT JOIN houses AS h ON h.code = c.issuer WHERE c.place IS NOT NULL
),
told AS MATERIALIZED (
    SELECT house, series, place, number, parent || ' ' || rtrim(head, replace(head, '/', '')) || tail AS family
    FROM cut
),
one_count AS MATERIALIZED (
    SELECT family FROM told WHERE family IS NOT NULL
    GROUP BY family HAVING count(DISTINCT series) > 1 AND count(DISTINCT series || ' ' || place) = count(DISTINCT place)
),
ends AS (SELECT house, series, family, min(place) AS low, max(place) AS high FROM told GROUP BY house, series),
known AS (
    SELECT house, series, place, number FROM told
    UNION ALL
    SELECT e.house, e.series, t.place, t.number
    FROM one_count AS o JOIN ends AS e ON e.family = o.family
    JOIN told AS t ON t.family = e.family AND t.series <> e.series AND t.place BETWEEN e.low AND e.high
)
SELECT
    house, series, place + 1 AS first_missing, next_place - 1 AS last_missing, next_place - place - 1 AS missing,
    number AS after_number, next_number AS before_number
FROM (
    SELECT house, series, place, number, lead(place) OVER around AS next_place, lead(number) OVER around AS next_number
    FROM known
    WINDOW around AS (PARTITION BY house, series ORDER BY place)
)
WHERE next_place > place + 1;
CREATE VIEW all_obligations AS
SELECT
    o.id, o.due, o.due_business, o.time, o.zone, o.relation, o.modality, o.tentative, o.status,
    json_extract(a.content, '$.owner') AS owner,
    json_extract(l.content, '$.note') AS note, json_extract(l.content, '$.evidence') AS evidence,
    l.who AS decided_by, l.at AS decided_at,
    CASE WHEN l.act IN ('done', 'waive') AND json_extract(l.content, '$.told.due') IS NOT o.due
        THEN coalesce(json_extract(l.content, '$.told.due'), 'no date') END AS decided_due,
    (SELECT group_concat(value, ', ') FROM json_each(o.bearer)) AS bearer,
    o.action, o.action_zh, o.consequence, o.conflict,
    CASE WHEN o.conflict IS NOT NULL THEN (
        SELECT CASE WHEN max(f.state = 'open') = 0 THEN group_concat(DISTINCT f.state || ': ' || f.decided_by) END
        FROM obligation_deadlines AS m JOIN deadlines AS x ON x.id = m.deadline
        JOIN obligation_deadlines AS n ON n.obligation = m.obligation AND n.governs JOIN deadlines AS y ON y.id = n.deadline
        LEFT JOIN pairs AS p ON p."left" = x.expression AND p."right" = y.expression
        JOIN all_findings AS f ON f.expression = x.expression AND f.pair IS p.id AND f.level <> 'note'
        JOIN findings AS g ON g.name = f.id AND g.expression = f.expression AND g.pair IS f.pair
        WHERE m.obligation = o.id AND m.governs AND (x.due, x.time) IS NOT (y.due, y.time)
            AND (p.id IS NOT NULL OR x.expression = y.expression)
            AND g.left_start < x.span_end AND g.left_end > x.span_start AND g.right_start < y.span_end AND g.right_end > y.span_start
    ) END AS conflict_decided,
    o.sequence, CASE WHEN w.id IS NOT NULL THEN coalesce(w.number, w.title_en, w.title_zh, 'a circular without number') END AS withdrawn_by,
    w.issued AS withdrawn_on,
    o.circular, c.issuer AS house, c.number, c.issued, c.title_en, c.title_zh,
    d.quote, d.page, d.expression,
    (SELECT count(*) FROM obligation_deadlines AS m WHERE m.obligation = o.id) AS members,
    (SELECT group_concat(DISTINCT k.corrected_by) FROM obligation_deadlines AS m JOIN deadlines AS n ON n.id = m.deadline
        JOIN corrections AS k ON k.expression = n.expression AND k.kind = 'deadlines' AND k.ordinal = n.ordinal
        WHERE m.obligation = o.id) AS corrected_by
FROM obligations AS o
JOIN circulars AS c ON c.id = o.circular
LEFT JOIN circulars AS w ON w.id = o.withdrawn
LEFT JOIN obligation_deadlines AS m ON m.obligation = o.id AND m.ordinal = 0
LEFT JOIN deadlines AS d ON d.id = m.deadline
LEFT JOIN decisions AS l ON l.id = (
    SELECT max(id) FROM decisions WHERE kind = 'obligation' AND subject = o.id AND act IN ('done', 'waive', 'reopen'))
LEFT JOIN decisions AS a ON a.id = (SELECT max(id) FROM decisions WHERE kind = 'obligation' AND subject = o.id AND act = 'assign');
CREATE VIEW upcoming AS
SELECT
    id, due, due_business, time, zone, relation, modality, tentative, status, owner, bearer, action, action_zh, consequence, conflict,
    conflict_decided, sequence, circular, house, number, issued, title_en, title_zh, quote, page, expression, members, corrected_by
FROM all_obligations
WHERE due IS NOT NULL AND status = 'open' AND withdrawn_by IS NULL;
CREATE INDEX paths_path ON paths(path);
CREATE VIEW copies AS
SELECT
    s.path, group_concat(p.path, ' · ') AS also_at, count(*) AS more, s.media_type, max(p.added) AS added, s.sha256,
    e.id AS expression, e.lang, c.id AS circular, c.issuer AS house, c.number, c.issued, c.title_en, c.title_zh
FROM sources AS s
JOIN (SELECT source, path, added FROM paths ORDER BY source, path) AS p ON p.source = s.sha256 AND p.path <> s.path
LEFT JOIN expressions AS e ON e.source = s.sha256
LEFT JOIN circulars AS c ON c.id = e.circular
GROUP BY s.sha256, e.id;
CREATE INDEX bearers_party ON bearers(party, expression);
CREATE VIEW who_by_party AS
SELECT DISTINCT
    b.party, x.kind, x.value, x.label, x.title, x.org, c.issuer AS house, c.id AS circular, c.number, c.issued, c.title_en, c.title_zh
FROM bearers AS b
JOIN expressions AS s ON s.id = b.expression
JOIN circulars AS c ON c.id = s.circular
JOIN expressions AS e ON e.circular = c.id
JOIN contacts AS x ON x.expression = e.id;
CREATE INDEX calendar_told_due ON calendar_told(due, time, uid);
CREATE VIEW calendar_entries AS
SELECT
    t.uid, t.due, t.time, t.zone, o.due_business, t.status, t.sequence,
    CASE WHEN w.id IS NOT NULL THEN coalesce(w.number, w.title_en, w.title_zh, 'a circular without number') END AS withdrawn_by,
    w.issued AS withdrawn_on,
    (SELECT group_concat(value, ', ') FROM json_each(o.bearer)) AS bearer, o.modality,
    t.action, t.action_zh, o.conflict,
    CASE WHEN o.conflict IS NOT NULL THEN (
        SELECT CASE WHEN max(f.state = 'open') = 0 THEN group_concat(DISTINCT f.state || ': ' || f.decided_by) END
        FROM obligation_deadlines AS m JOIN deadlines AS x ON x.id = m.deadline
        JOIN obligation_deadlines AS n ON n.obligation = m.obligation AND n.governs JOIN deadlines AS y ON y.id = n.deadline
        LEFT JOIN pairs AS p ON p."left" = x.expression AND p."right" = y.expression
        JOIN all_findings AS f ON f.expression = x.expression AND f.pair IS p.id AND f.level <> 'note'
        JOIN findings AS g ON g.name = f.id AND g.expression = f.expression AND g.pair IS f.pair
        WHERE m.obligation = o.id AND m.governs AND (x.due, x.time) IS NOT (y.due, y.time)
            AND (p.id IS NOT NULL OR x.expression = y.expression)
            AND g.left_start < x.span_end AND g.left_end > x.span_start AND g.right_start < y.span_end AND g.right_end > y.span_start
    ) END  AS conflict_decided,
    o.circular, t.house, t.number, t.issued, c.title_en, c.title_zh,
    (SELECT d.quote FROM obligation_deadlines AS m JOIN deadlines AS d ON d.id = m.deadline WHERE m.obligation = o.id AND m.ordinal = 0)
        AS quote,
    t.obligation
FROM calendar_told AS t
LEFT JOIN obligations AS o ON o.id = t.obligation
LEFT JOIN circulars AS c ON c.id = o.circular
LEFT JOIN circulars AS w ON w.id = o.withdrawn;
CREATE VIEW changes AS
WITH since AS MATERIALIZED (
    SELECT e.id AS expression, e.circular, date(s.added, '+8 hours') AS day FROM expressions AS e JOIN sources AS s ON s.sha256 = e.source
)
SELECT
    min(s.day) AS day, 'circular' AS change, c.issuer AS house, c.number, c.id AS circular,
    coalesce(c.title_en, c.title_zh) AS what, NULL AS before, c.issued AS after, NULL AS level, NULL AS other_house
FROM since AS s JOIN circulars AS c ON c.id = s.circular GROUP BY c.id
UNION ALL
SELECT
    s.day, h.change, h.changed_by, h.changed_in, h.newer_circular, h.act,
    coalesce(h.old_end, h.old_start), coalesce(h.new_end, h.new_start), NULL, NULL
FROM history AS h JOIN since AS s ON s.expression = h.newer
UNION ALL
SELECT
    max(l.day, coalesce(r.day, l.day)), 'finding', c.issuer, c.number, c.id, f.message, f.left_value, f.right_value, f.level,
    nullif(o.issuer, c.issuer)
FROM findings AS f
JOIN since AS l ON l.expression = f.expression
LEFT JOIN pairs AS p ON p.id = f.pair
LEFT JOIN since AS r ON r.expression = p."right"
JOIN circulars AS c ON c.id = l.circular
LEFT JOIN circulars AS o ON o.id = r.circular
WHERE f.level <> 'note';
CREATE INDEX expressions_works ON expressions(id, circular, lang, issuer, number, source);
COMMIT;
CREATE VIRTUAL TABLE "contacts_fts" USING fts5(quote, value, label, title, org, role, content='', tokenize='porter unicode61');
CREATE VIRTUAL TABLE "deadlines_fts" USING fts5(quote, bearer, action, consequence, content='', tokenize='porter unicode61');
CREATE VIRTUAL TABLE "definitions_fts" USING fts5(quote, term, full, content='', tokenize='porter unicode61');
CREATE VIRTUAL TABLE "duties_fts" USING fts5(quote, bearer, action, content='', tokenize='porter unicode61');
CREATE VIRTUAL TABLE "events_fts" USING fts5(quote, title, content='', tokenize='porter unicode61');
CREATE VIRTUAL TABLE "expressions_fts" USING fts5(title, number, other_numbers, text, content='', tokenize='porter unicode61');
CREATE VIRTUAL TABLE "references_fts" USING fts5(quote, number, title, content='', tokenize='porter unicode61');
PRAGMA application_id = 1128878659;
PRAGMA user_version = 19;
