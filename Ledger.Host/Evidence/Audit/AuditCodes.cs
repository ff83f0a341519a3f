namespace Ledger.Host.Evidence.Audit;

/// <summary>Everything that an audit can find, by stable code.</summary>
public static class AuditCodes
{
#pragma warning disable CS1591 // Each code's meaning is its own text.
    // The sealed log
    public static readonly AuditCode LeafMissing = new("leaf.missing", AuditKind.Tree, "封存树缺少叶", "A leaf of the sealed log is missing");
    public static readonly AuditCode LeafChanged = new("leaf.changed", AuditKind.Tree, "封存叶与哈希片不符", "A leaf is not the one whose hash its tile holds");
    public static readonly AuditCode LeafUnreadable = new("leaf.unreadable", AuditKind.Tree, "封存叶不合规范", "A leaf is not an entry in canonical form of a known kind");
    public static readonly AuditCode LeafColumns = new("leaf.columns", AuditKind.Tree, "封存叶的列与其内容不符", "A leaf's columns are not what its entry says");
    public static readonly AuditCode TileDiffers = new("tile.differs", AuditKind.Tree, "哈希片与重算结果不符或缺失", "A tile of hashes is missing or not what the leaves come to");
    public static readonly AuditCode RootDiffers = new("checkpoint.root", AuditKind.Tree, "重算的根与已签名检查点不符", "The tree's root is not the one in the signed checkpoint");
    public static readonly AuditCode SignatureInvalid = new("checkpoint.signature", AuditKind.Tree, "检查点缺少应有密钥的有效签名", "A checkpoint has no valid signature by the key of its time");
    public static readonly AuditCode CheckpointUnreadable = new("checkpoint.unreadable", AuditKind.Tree, "检查点不合规范，或与其行不符", "A checkpoint is no note of this log, or not what its row says");
    public static readonly AuditCode KeyUntrusted = new("key.untrusted", AuditKind.Tree, "指定的公钥从未签署此账本", "The pinned key has never signed this log");
    public static readonly AuditCode HeadDiffers = new("head.differs", AuditKind.Tree, "封存进度与封存叶不符", "The head is not what the leaves come to");
    public static readonly AuditCode ManifestDiffers = new("manifest.differs", AuditKind.Tree, "批次清单与其叶不符", "A manifest is not what its batch holds");
    public static readonly AuditCode HeldDiffers = new("held-checkpoint.root", AuditKind.Tree, "与持有的检查点不符：历史已被改写", "The tree does not continue the checkpoint that you hold: history was rewritten");
    public static readonly AuditCode HeldBeyond = new("held-checkpoint.beyond", AuditKind.Tree, "持有的检查点大于现有封存树", "The checkpoint that you hold has more leaves than the log");
    public static readonly AuditCode ResumeDiffers = new("resume.differs", AuditKind.Tree, "上次检查后封存树已变：请重新全部检查", "The tree is not what the earlier run saw: audit again from the beginning");

    // The journal
    public static readonly AuditCode JournalRollback = new("journal.rollback", AuditKind.Journal, "数据库落后于检查点日志（可能恢复了旧备份或截断）", "The database is behind its journal: an old backup was restored, or its end cut off");
    public static readonly AuditCode JournalFork = new("journal.fork", AuditKind.Journal, "检查点日志中的根与封存树不符：历史已被改写", "The journal's root is not the tree's: history was rewritten");
    public static readonly AuditCode JournalOrigin = new("journal.origin", AuditKind.Journal, "检查点日志属于另一账本", "The journal is of another log");
    public static readonly AuditCode JournalBehind = new("journal.behind", AuditKind.Journal, "已公布的检查点不在日志中", "A published checkpoint is not in the journal");
    public static readonly AuditCode JournalUnpublished = new("journal.unpublished", AuditKind.Information, "检查点已签入日志，而库中没有：签发时中断，或该行已被删除", "A checkpoint of the journal is not in the database: its publication was interrupted, or its row deleted");
    public static readonly AuditCode JournalNote = new("journal.note", AuditKind.Journal, "日志与数据库中的检查点文本不同", "A checkpoint's note is not the one in the journal");
    public static readonly AuditCode JournalBroken = new("journal.broken", AuditKind.Journal, "检查点日志不可读", "The journal cannot be read");
    public static readonly AuditCode JournalNotFound = new("journal.not-found", AuditKind.NotChecked, "找不到检查点日志：未核对回滚与改写", "The journal is not here: whether history was rolled back was not checked");

    public static readonly AuditCode EpochPrevious = new("epoch.previous", AuditKind.Journal, "本账本首叶所载的前一账本末次签名，与其日志不符", "The log's first leaf does not name the last checkpoint in the journal of the log before it");

    // Facts
    public static readonly AuditCode FactChanged = new("fact.changed", AuditKind.Changed, "事实与封存内容不符", "A fact is not what was sealed");
    public static readonly AuditCode PayloadChanged = new("payload.changed", AuditKind.Changed, "封存副本打不开承诺", "The sealed copy does not open the commitment");
    public static readonly AuditCode IntakeChanged = new("intake.changed", AuditKind.Changed, "接收记录与封存内容不符", "What the intake noted is not what was sealed");
    public static readonly AuditCode FactHidden = new("fact.hidden", AuditKind.Changed, "成员被隐去，而无已封存的删除记录", "A member of a fact was hidden and no sealed redaction names it");
    public static readonly AuditCode RedactionUndecided = new("redaction.undecided", AuditKind.Changed, "个人信息删除没有对应的两人决定", "Personal data were redacted and no decision of two persons says so");
    public static readonly AuditCode Unhashed = new("fact.unhashed", AuditKind.Changed, "封存时接收记录没有行哈希：封存前是否被改动无从得知", "A fact was sealed whose intake holds no hash of its row: whether it was changed before cannot be known");
    public static readonly AuditCode RedactionSealed = new("redaction.sealed", AuditKind.Information, "个人信息删除（已封存）", "Personal data were redacted (sealed)");
    public static readonly AuditCode RowHash = new("fact.row-hash", AuditKind.Changed, "行的哈希与接收记录不符，而各值与封存相同：行或接收记录被改写", "The row's hash is not what the intake noted, though its values are those that were sealed: the row or the note was rewritten");
    public static readonly AuditCode ChangedBeforeSealing = new("fact.changed-before-sealing", AuditKind.Changed, "事实在入库后、封存前被改动", "A fact was changed between its commit and its sealing");
    public static readonly AuditCode ChangedUnsealed = new("fact.changed-unsealed", AuditKind.Changed, "尚未封存的事实已被改动", "A fact that is not sealed yet is not what was taken in");
    public static readonly AuditCode FactDeleted = new("fact.deleted", AuditKind.Missing, "已封存的事实不在库中", "A sealed fact is gone");
    public static readonly AuditCode DeletedBeforeSealing = new("fact.deleted-before-sealing", AuditKind.Missing, "事实在封存前被删除", "A fact was deleted before it was sealed");
    public static readonly AuditCode DeletedUnsealed = new("fact.deleted-unsealed", AuditKind.Missing, "尚未封存的事实已被删除", "A fact that is not sealed yet is gone");
    public static readonly AuditCode PayloadMissing = new("payload.missing", AuditKind.Missing, "封存副本缺失", "The sealed copy of a fact is gone");
    public static readonly AuditCode IntakeMissing = new("intake.missing", AuditKind.Missing, "接收记录缺失", "The intake's note of a sealed fact is gone");
    public static readonly AuditCode LeafAbsent = new("leaf.absent", AuditKind.Missing, "封存位置之前的事实没有叶", "A fact that was taken in below the sealed position has no leaf");
    public static readonly AuditCode FactForged = new("fact.forged", AuditKind.Forged, "事实未经接收写入（触发器曾被关闭）", "A fact was inserted without being taken in: the triggers were off");
    public static readonly AuditCode ForgedAndSealed = new("fact.forged-before-sealing", AuditKind.Forged, "封存时该事实没有接收记录", "A fact was sealed that nobody had seen come in");
    public static readonly AuditCode FactReturned = new("fact.returned", AuditKind.Forged, "已封存为缺失的事实又出现", "A fact that was sealed as missing is there again");
    public static readonly AuditCode PayloadForged = new("payload.forged", AuditKind.Forged, "封存副本没有叶", "A sealed copy belongs to no leaf");

    // Streams
    public static readonly AuditCode StreamVersion = new("stream.version", AuditKind.Streams, "流的版本号与其事实不符", "A stream's version is not the number of its facts");
    public static readonly AuditCode StreamHead = new("stream.head", AuditKind.Streams, "流的末端登记与封存叶不符", "The head of a stream is not what the leaves come to");
    public static readonly AuditCode StreamIndex = new("stream.index", AuditKind.Streams, "流的索引链与封存叶不符", "The index of streams is not what the leaves come to");
    public static readonly AuditCode HeadsRoot = new("heads.root", AuditKind.Tree, "封存的流末端根与重算结果不符", "The sealed root of the heads is not what the leaves before it come to");

    // Guards
    public static readonly AuditCode GuardsDiffer = new("guards.differ", AuditKind.Guards, "数据库防护与末次封存时不同", "The database's guards are not those of the last sealing");
    public static readonly AuditCode GuardsChanged = new("guards.changed", AuditKind.Guards, "数据库防护曾变更而无结构变更记录", "The guards were changed and no change of the structure was logged");
    public static readonly AuditCode GuardDown = new("guards.down", AuditKind.Guards, "数据库防护不在位", "A guard of the database is not in place");
    public static readonly AuditCode GuardFunction = new("guards.function", AuditKind.Guards, "数据库函数与本程序所带的不同：被改写，或由另一版本程序迁移", "A function of the ledger is not the one of this program: it was replaced, or another version migrated the database");
    public static readonly AuditCode GuardRight = new("guards.right", AuditKind.Guards, "有账号可改写只增不改的表", "Somebody but the owner may change a table that is only added to");
    public static readonly AuditCode GuardsGone = new("guards.gone", AuditKind.Guards, "防护指纹函数缺失", "The function that describes the guards is gone");
    public static readonly AuditCode SchemaChangeDiffers = new("schema-change.differs", AuditKind.Guards, "结构变更记录与封存内容不符", "The log of changes of the structure is not what was sealed");
    public static readonly AuditCode SchemaChanged = new("schema-change.sealed", AuditKind.Information, "结构变更（已封存）", "The database's structure was changed (sealed)");
    public static readonly AuditCode IncidentSealed = new("incident.sealed", AuditKind.Information, "事件（已封存）", "An incident (sealed)");

    // What is derived
    public static readonly AuditCode ReadModelDiffers = new("read-model.differs", AuditKind.ReadModels, "投影与由事实重算的结果不符", "A read model is not what follows from the facts");
    public static readonly AuditCode ReadModelMissing = new("read-model.missing", AuditKind.ReadModels, "缺少应有的投影文档", "A document of the read models is missing");
    public static readonly AuditCode ReadModelForged = new("read-model.forged", AuditKind.ReadModels, "多出的投影文档", "A document of the read models follows from no fact");
    public static readonly AuditCode ReadModelUnreadable = new("read-model.unreadable-fact", AuditKind.NotChecked, "事实无法读取：所属投影未核对", "A fact cannot be read: what follows from it was not checked");
    public static readonly AuditCode ReadModelBehind = new("read-model.behind", AuditKind.Information, "投影尚未追上账本（按其所在位置核对）", "The read models are behind the ledger; they were checked at their own position");
    public static readonly AuditCode AttachmentChanged = new("attachment.changed", AuditKind.Attachments, "文书内容与其哈希不符", "A document's bytes are not those of its hash");
    public static readonly AuditCode AttachmentOrphan = new("attachment.orphan", AuditKind.Attachments, "文书片段没有文书", "Chunks of a document belong to none");

    // The database itself
    public static readonly AuditCode StorageDamaged = new("storage.damaged", AuditKind.Storage, "数据库文件损坏或被直接修改", "The database's files are damaged or were edited");
    public static readonly AuditCode IndexDiffers = new("index.differs", AuditKind.Storage, "索引与表的内容不一致", "An index and its table do not hold the same");
    public static readonly AuditCode IndexUnchecked = new("index.amcheck", AuditKind.NotChecked, "未安装 amcheck：未核对索引结构", "The extension amcheck is not installed: the indexes' structure was not checked");
    public static readonly AuditCode NothingSealed = new("log.empty", AuditKind.NotChecked, "尚未封存任何事实", "Nothing has been sealed yet");
    public static readonly AuditCode RowsSkipped = new("rows.skipped", AuditKind.Information, "此前的行未重新核对（按要求）", "Rows before this leaf were not checked in this run, as asked");
    public static readonly AuditCode HeadsSampled = new("heads.sampled", AuditKind.Information, "流末端仅抽查部分及最后一次（--full 全查）", "Of the sealed heads some and the last were recomputed; --full recomputes all");
#pragma warning restore CS1591

    /// <summary>All of them.</summary>
    public static IReadOnlyList<AuditCode> All { get; } =
        [.. typeof(AuditCodes).GetFields().Where(f => f.FieldType == typeof(AuditCode)).Select(f => (AuditCode)f.GetValue(null)!)];

    /// <summary>The code of that name.</summary>
    public static AuditCode Of(string code) => All.First(c => string.Equals(c.Code, code, StringComparison.Ordinal));
}
