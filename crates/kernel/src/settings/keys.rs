//! Every setting, described once.

use super::{
    Settings,
    value::{Kind, Slot},
};

/// A setting.
pub(super) struct Key {
    /// Section and name, e.g. `server.listen`; a setting outside the sections has no dot.
    pub name: &'static str,
    /// What it may hold.
    pub kind: Kind,
    /// What it means, one line a line.
    pub doc: &'static str,
    /// The same for readers of Chinese, in short.
    pub zh: &'static str,
    /// For a setting that is unset by default: a value to show.
    pub sample: &'static str,
    /// Where it is kept.
    pub slot: fn(&mut Settings) -> &mut dyn Slot,
}

impl Key {
    /// The environment variable: `HEJIAN_` and the name in capitals.
    pub(super) fn variable(&self) -> String {
        format!("HEJIAN_{}", self.name.replace('.', "_").to_uppercase())
    }

    /// Section and bare name.
    pub(super) fn parts(&self) -> (&'static str, &'static str) {
        self.name.split_once('.').unwrap_or(("", self.name))
    }
}

macro_rules! key {
    ($name:literal, $kind:expr, $zh:literal, $doc:literal, $($place:ident).+ $(, sample $sample:literal)?) => {
        Key { name: $name, kind: $kind, doc: $doc, zh: $zh, sample: concat!($($sample)?), slot: |s| &mut s.$($place).+ }
    };
}

/// What a section is about: name, English, Chinese.
pub(super) const SECTIONS: &[(&str, &str, &str)] = &[
    ("server", "Where the server answers.", "服务地址"),
    ("database", "Where the records are kept.", "数据库"),
    ("upload", "Files sent by users.", "上传"),
    ("session", "How long a sign-in lasts.", "登录时效"),
    ("sign_in", "Protection against guessed passwords.", "登录保护"),
    ("limits", "Protection against too many requests.", "请求上限"),
    ("audit", "The sealed chain of what was done.", "审计"),
    ("backup", "Backups made by the product itself.", "自动备份"),
    ("log", "The log, written to standard error.", "日志"),
];

/// Every setting, in the order of the example.
pub(super) const KEYS: &[Key] = &[
    key!(
        "language",
        Kind::OneOf(&["zh-CN", "en"]),
        "缺省语言",
        "Language of visitors who have not chosen one.",
        language
    ),
    key!("server.listen", Kind::Listen, "监听地址和端口", "Address and port to listen on.", server.listen),
    key!(
        "server.public_url",
        Kind::Origin,
        "用户访问的地址（经代理时填写）",
        "The address people type, when a proxy with HTTPS stands before the server.\nAn https address also makes the cookies secure.",
        server.public_url,
        sample "https://hejian.example.cn"
    ),
    key!(
        "server.behind_proxy",
        Kind::Truth,
        "前面是否有反向代理",
        "Whether a proxy stands before the server: only then are its X-Forwarded-For headers believed.",
        server.behind_proxy
    ),
    key!(
        "database.url",
        Kind::Database,
        "数据库地址；不填为数据目录下的 hejian.db",
        "SQLite file or PostgreSQL server. Unset: the file hejian.db in the data folder.",
        database.url,
        sample "postgres://hejian:password@127.0.0.1:5432/hejian"
    ),
    key!("upload.max_mb", Kind::Whole(1, 2048), "单次上传上限（MB）", "The largest upload, in MiB.", upload.max_mb),
    key!(
        "session.idle_minutes",
        Kind::Whole(1, 1440),
        "无操作多少分钟后重新登录",
        "Minutes without a request after which one must sign in again.",
        session.idle_minutes
    ),
    key!(
        "session.absolute_hours",
        Kind::Whole(1, 168),
        "登录后多少小时必须重新登录",
        "Hours after which one must sign in again in any case.",
        session.absolute_hours
    ),
    key!(
        "sign_in.failures",
        Kind::Whole(1, 100),
        "连续输错多少次锁定",
        "Wrong passwords in a row that lock an account.",
        sign_in.failures
    ),
    key!(
        "sign_in.lock_minutes",
        Kind::Whole(1, 1440),
        "锁定多少分钟",
        "Minutes for which a locked account stays locked.",
        sign_in.lock_minutes
    ),
    key!(
        "sign_in.per_minute",
        Kind::Whole(1, 10_000),
        "同一地址每分钟最多尝试次数",
        "Sign-in attempts a minute from one address.",
        sign_in.per_minute
    ),
    key!(
        "limits.writes_per_minute",
        Kind::Whole(1, 1_000_000),
        "每个账号每分钟最多写入次数",
        "Requests a minute and account that change something.",
        limits.writes_per_minute
    ),
    key!(
        "audit.digest",
        Kind::OneOf(&["sha256", "sm3"]),
        "审计链摘要算法，建库时确定",
        "The digest that links the chain: SHA-256, or SM3 where national algorithms are required.\nDecided when the district is made; a later change has no effect on an existing chain.",
        audit.digest
    ),
    key!(
        "backup.before_upgrade",
        Kind::Truth,
        "升级数据库前先备份",
        "Whether a new version of the product backs the database up before it changes it.",
        backup.before_upgrade
    ),
    key!(
        "log.level",
        Kind::OneOf(&["error", "warn", "info", "debug", "trace"]),
        "日志级别",
        "How much is written.",
        log.level
    ),
    key!(
        "log.format",
        Kind::OneOf(&["text", "json"]),
        "日志格式",
        "Lines for people, or one JSON object a line for a log collector.",
        log.format
    ),
];
