//! Duties to be tried with. Who answers for what is known to everybody in the district, so nothing here lies outside; what may
//! not be done is refused in words.

use axum::http::Method;
use hejian_kernel::{sql, web::Route};
use hejian_scoring::workbook::{Sheet, Value, xlsx_of_sheets};
use uuid::Uuid;

use super::{
    ground::Ground,
    samples::{Try, Where},
    visitor::Sent,
};

/// A line of a duty with its version and post.
async fn line(ground: &Ground, last: bool) -> (Uuid, i64, Uuid) {
    let mut tx = ground.test.read().await;
    let rows: Vec<(Uuid, i64, Uuid)> = sql!(
        &mut tx,
        fetch_all,
        "select line_id, row_version, post_id from duty where ended_by_act is null and part = 'support' order by line_id"
    )
    .expect("the demonstration has duties");
    if last { rows[rows.len() - 1] } else { rows[0] }
}

/// A department's post in which somebody is, without a duty for A01.
async fn free_post(ground: &Ground) -> Uuid {
    let mut tx = ground.test.read().await;
    let (post,): (Uuid,) = sql!(
        &mut tx,
        fetch_one,
        "select p.id from post p join unit u on u.id = p.unit_id join term t on t.post_id = p.id
         where u.kind = 'department' and t.valid_to is null and not exists (
             select 1 from duty d where d.unit_id = u.id and d.indicator = 'A01' and d.ended_by_act is null)
         order by p.key limit 1"
    )
    .expect("some department has nothing to do with A01");
    post
}

/// The reminder that [`prepare`] makes.
const REMINDER: Uuid = Uuid::from_u128(0xD017);

/// A reminder from the civil affairs bureau to the first community.
pub async fn prepare(ground: &Ground) {
    let (unit, lead) = (ground.unit("C-S1-01"), ground.unit("mzj"));
    let mut work = ground.test.setup().await;
    sql!(
        &mut work.tx,
        execute,
        "insert into duty_reminder (id, campaign_id, lead_id, unit_id, on_day, codes)
         select $1, id, $2, $3, '2009-06-01', 'A06' from campaign where key = 'main'",
        REMINDER,
        lead,
        unit
    )
    .expect("a reminder");
    work.commit().await.expect("commits");
}

fn workbook() -> Vec<u8> {
    let rows = vec![
        ["指标编号", "牵头单位", "完成时限"].map(Value::text).to_vec(),
        ["A01", "区统计局", "2009-07-31"].map(Value::text).to_vec(),
    ];
    xlsx_of_sheets(&[Sheet { name: "任务分解表".to_owned(), rows, ..Sheet::default() }]).expect("a workbook")
}

/// What to try a route of the duties with.
pub async fn tries(ground: &Ground, route: &Route) -> Option<Vec<Try>> {
    let path = route.path.as_str();
    if !path.starts_with("/duty") {
        return None;
    }
    let mut form: Vec<(&str, String)> = vec![("reason", "matrix".to_owned())];
    let mut filled = path.replace("{code}", "A06");
    filled = match path {
        "/duty/cascade/{key}/{code}" => {
            form.push(("typed", "yes".to_owned()));
            "/duty/cascade/S1/D02".to_owned()
        }
        "/duty/units/{key}" | "/duty/letter/{key}" => filled.replace("{key}", "S1"),
        "/duty/letter/{key}/sign" => {
            let said = [("signed_by", "矩阵"), ("given_by", "矩阵"), ("signed_on", "2009-06-01")];
            form.extend(said.map(|(name, value)| (name, value.to_owned())));
            filled.replace("{key}", "mzj")
        }
        _ => filled.replace("{key}", "mzj"),
    };
    if path.starts_with("/duty/lines/{id}") {
        let (id, version, post) = line(ground, path.ends_with("/end")).await;
        form.extend([("version", version.to_string()), ("post", post.to_string()), ("due", "2009-07-31".to_owned())]);
        filled = filled.replace("{id}", &id.to_string());
    }
    match path {
        "/duty/posts/{id}" => filled = filled.replace("{id}", &line(ground, false).await.2.to_string()),
        "/duty/reminders/{id}" | "/duty/reminders/{id}/done" => {
            filled = filled.replace("{id}", &REMINDER.to_string());
        }
        "/duty/new" if route.method == Method::POST => {
            let post = free_post(ground).await.to_string();
            form.extend([("indicator", "A01".to_owned()), ("part", "support".to_owned()), ("post", post)]);
        }
        "/duty/plans/{key}/{code}" => form.extend([("version", "0".to_owned()), ("target", "matrix".to_owned())]),
        _ if path.contains("{sha256}") => {
            let stored = ground.app.files.put(workbook().into()).await.expect("the file is kept");
            filled = filled.replace("{sha256}", &stored.sha256);
        }
        _ => filled = filled.replace("{id}", &Uuid::from_u128(0xAC7).to_string()),
    }
    let sent = match path {
        _ if route.method == Method::GET => Sent::Nothing,
        "/duty/import" => Sent::File { kind: "x".to_owned(), bytes: workbook() },
        _ => Sent::Form(form.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()),
    };
    Some(vec![Try { path: filled, sent, lies: Where::Anywhere, record: None, also: None }])
}
