//! Stories of signing in and of rights, on both engines.

mod exclusion;
mod pages;
mod sign_in;
mod tokens;

use uuid::Uuid;

use super::{Admin, Part, Role};
use crate::{
    error::Result,
    sql,
    testing::{TestDb, plant},
    web::{Ctx, Module, Need, Routes},
};

pub(super) const PASSWORD: &str = plant::PASSWORD;

pub(super) static ROLES: &[Role] = &[
    Role { key: "officer", permissions: &["thing.read", "thing.write"], admin: None },
    Role { key: "leader", permissions: &["thing.read"], admin: None },
    Role { key: "system_admin", permissions: &["account.read", "account.manage"], admin: Some(Admin::System) },
    Role { key: "security_admin", permissions: &["account.read", "account.secure"], admin: Some(Admin::Security) },
    Role { key: "audit_admin", permissions: &["audit.read"], admin: Some(Admin::Audit) },
];

pub(super) static MODULES: &[&Module] = &[&Module {
    key: "thing",
    registers: &[],
    routes: || {
        Routes::none()
            .get("/api/thing", Need::Right("thing.read"), who)
            .post("/api/thing", Need::Right("thing.write"), who)
            .get("/", Need::SignedIn, who)
            .get("/mine", Need::SignedIn, who)
    },
    measures: &[],
    kept: &[],
    jobs: &[],
    nav: &[],
}];

/// Says as whom the request was made.
async fn who(ctx: Ctx) -> Result<String> {
    Ok(format!("{} {}", ctx.actor.channel.name(), ctx.actor.name))
}

/// The people of the stories.
pub(super) struct Town {
    pub department: Uuid,
    pub holder_post: Uuid,
    pub deputy_post: Uuid,
    pub zhou: Uuid,
    pub zhou_account: Uuid,
    pub zhou_deputy_term: Uuid,
}

/// 周明 holds one post (as officer) and deputises in another (as leader) that stands before it in the official order.
pub(super) async fn town(test: &TestDb) -> Town {
    let mut work = test.setup_with(ROLES).await;
    let w = &mut work;
    let district = plant::unit(w, "D", "district", "武陵区", None).await;
    let department = plant::unit(w, "mzj", "department", "区民政局", Some(district)).await;
    let deputy_post = plant::post(w, department, "post-lead", "局长", 1, "leader").await;
    let holder_post = plant::post(w, department, "post-office", "科长", 2, "officer").await;
    let zhou = plant::person(w, "zhou", "周明").await;
    let zhou_deputy_term = plant::holds(w, zhou, deputy_post, Part::Deputy).await;
    plant::holds(w, zhou, holder_post, Part::Holder).await;
    let zhou_account = plant::account(w, zhou, "zhouming").await;
    plant::officer(w, district, "xitong", "赵一", "系统管理员", "system_admin").await;
    plant::officer(w, district, "anquan", "钱二", "安全管理员", "security_admin").await;
    plant::officer(w, district, "shenji", "孙三", "审计管理员", "audit_admin").await;
    work.commit().await.expect("the town is planted");
    Town { department, holder_post, deputy_post, zhou, zhou_account, zhou_deputy_term }
}

/// What the audit says, oldest first: action and detail of the entries on accounts and tokens since the town was made.
pub(super) async fn audited(test: &TestDb, action: &str) -> Vec<(String, String)> {
    let rows: Vec<(String, String)> = sql!(
        &mut test.read().await,
        fetch_all,
        "select actor, detail from audit_entry where action = $1 order by seq",
        action
    )
    .expect("the audit reads");
    rows
}
