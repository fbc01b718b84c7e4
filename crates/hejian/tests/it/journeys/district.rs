//! The demonstration district of the journeys: made once, served on a free port, gone with the last journey.
//!
//! The rule that matters: journeys that run at the same time share it. Each keeps to records, figures and accounts of its own,
//! or changes nothing.

use std::sync::{Arc, Mutex, Weak, mpsc};
use std::thread;

use hejian::boot::{self, NewDistrict};
use hejian::demo::{self, Credential};
use hejian_kernel::access::{Actor, Channel, account};
use hejian_kernel::settings::Settings;
use hejian_kernel::web::App;
use hejian_kernel::{sql, web};
use tempfile::TempDir;
use tokio::sync::oneshot;

/// 2009-06-22 08:00 in Asia/Shanghai.
const OPENS: i64 = 1_245_628_800;
/// A sign-in that no other journey uses: its password must be changed, and it gets locked.
pub const NEWCOMER: &str = "xinren";

/// The district while it is served.
pub struct District {
    /// Where it is served, without a last slash.
    pub address: String,
    credentials: Vec<Credential>,
    stop: Option<oneshot::Sender<()>>,
    server: Option<thread::JoinHandle<()>>,
}

static SHARED: Mutex<Weak<District>> = Mutex::new(Weak::new());

impl District {
    /// The district that is being served, or a new one.
    pub fn shared() -> Arc<District> {
        // A journey that failed while making it leaves nothing half made: the next one tries again.
        let mut shared = SHARED.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        shared.upgrade().unwrap_or_else(|| {
            let district = Arc::new(Self::begin());
            *shared = Arc::downgrade(&district);
            district
        })
    }

    /// Makes and serves it on a thread of its own: the runtime of the journey that came first ends before the others.
    pub fn begin() -> District {
        let (tell, hear) = mpsc::channel();
        let (stop, stopped) = oneshot::channel::<()>();
        let server = thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
            runtime.expect("a runtime").block_on(async {
                let folder = TempDir::with_prefix("hejian-journeys-").expect("a temporary folder");
                let (app, credentials) = make(&folder).await;
                let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
                let address = format!("http://{}", listener.local_addr().expect("a bound port has an address"));
                tell.send((address, credentials)).expect("somebody waits for it");
                let ended = async {
                    stopped.await.ok();
                };
                web::serve(app, listener, ended).await.expect("the district is served");
            });
        });
        let (address, credentials) = hear.recv().expect("the demonstration district is made");
        District { address, credentials, stop: Some(stop), server: Some(server) }
    }

    /// The password of a sign-in.
    pub fn password(&self, login: &str) -> &str {
        let found = self.credentials.iter().find(|c| c.login == login);
        &found.unwrap_or_else(|| panic!("the demonstration has no sign-in {login}")).password
    }

    /// The sign-in names that the demonstration hands out.
    pub fn logins(&self) -> Vec<&str> {
        self.credentials.iter().map(|c| c.login.as_str()).filter(|login| *login != NEWCOMER).collect()
    }
}

impl Drop for District {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(server) = self.server.take() {
            server.join().ok();
        }
    }
}

async fn make(folder: &TempDir) -> (App, Vec<Credential>) {
    let mut settings = Settings::default();
    // All browsers of the journeys come from one address.
    settings.sign_in.per_minute = 10_000;
    let district = NewDistrict {
        name: "武陵区".to_owned(),
        demo: true,
        shows: chrono::DateTime::from_timestamp(OPENS, 0),
        database_url: None,
    };
    let data = folder.path().join("data");
    let app = boot::create(&settings, &data, &district).await.expect("an empty district");
    let mut credentials = demo::make(&app, 2009).await.expect("the demonstration district");
    credentials.push(newcomer(&app).await);
    second_approver(&app).await;
    (app, credentials)
}

/// A second post of the campaign office may approve projects: somebody to whom an approval can be passed on.
async fn second_approver(app: &App) {
    let mut work = app.work(&Actor::without_rights(Channel::Console, "test")).await.expect("a unit of work");
    sql!(
        &mut work.tx,
        execute,
        "insert into post_grant (post_id, role, scope_unit_id)
         select p.id, 'approval', g.scope_unit_id from post p join post_grant g on g.post_id = p.id
         where p.key = 'post-sqb-head' and g.role = 'campaign_office'"
    )
    .expect("the grant is given");
    work.commit().await.expect("the grant is kept");
}

/// Gives somebody who has a post and no sign-in an account as an administrator would.
async fn newcomer(app: &App) -> Credential {
    let first = account::FirstPassword::generate().await.expect("a password");
    let mut work = app.work(&Actor::without_rights(Channel::Console, "test")).await.expect("a unit of work");
    let (person, name): (uuid::Uuid, String) = sql!(
        &mut work.tx,
        fetch_one,
        "select p.id, p.name from person p join term t on t.person_id = p.id
         where t.valid_to is null and not exists (select 1 from account a where a.person_id = p.id)
         order by p.key limit 1"
    )
    .expect("somebody without a sign-in");
    account::create(&mut work, person, NEWCOMER, &first).await.expect("an account");
    work.commit().await.expect("the account is kept");
    Credential { login: NEWCOMER.to_owned(), password: first.text().to_owned(), person: name, post: String::new() }
}
