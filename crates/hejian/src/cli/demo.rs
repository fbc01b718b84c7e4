//! `hejian demo`: makes the demonstration district where there is none, and serves it.

use std::{net::SocketAddr, str::FromStr};

use chrono::{NaiveDate, NaiveTime};
use clap::Args;
use hejian_kernel::{audit::write_private, web::App};
use serde_json::json;
use tokio::net::TcpListener;

use super::{failure::Failure, place::Place, serve};
use crate::{
    boot::{self, BootError, NewDistrict},
    demo::{self, Credential},
};

/// The file of the sign-in names in the data folder.
const CREDENTIALS: &str = "credentials.json";

/// Serve the demonstration district; make it first if the folder is empty 演示
///
/// The district lives from 2009-06-22 on, or from another day of its story. Sign-in names with fresh passwords are printed once and kept in
/// DIR/credentials.json, readable by this account only. A folder that this product did not make is refused.
#[derive(Debug, Args)]
pub(super) struct Demo {
    #[command(flatten)]
    place: Place,
    /// Port on 127.0.0.1; 0 takes a free one 端口
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Number from which the invented names and figures are drawn 随机种子
    #[arg(long, default_value_t = 2009)]
    seed: u64,
    /// The day the district opens, 2008-10-31 to 2010-02-28; later facts are not written. Counts when it is made 开始日
    #[arg(long, value_name = "DAY", default_value_t = hejian_demo::OPENS_ON, value_parser = opening_day)]
    opens: NaiveDate,
}

/// Reads the day on which the district opens.
fn opening_day(text: &str) -> Result<NaiveDate, String> {
    let (first, last) = (hejian_demo::STORY_BEGINS_ON, hejian_demo::STORY_ENDS_ON);
    let day = NaiveDate::from_str(text).map_err(|_| format!("write a day such as {}", hejian_demo::OPENS_ON))?;
    if (first..=last).contains(&day) { Ok(day) } else { Err(format!("choose a day from {first} to {last}")) }
}

impl Demo {
    pub(super) async fn run(self) -> Result<(), Failure> {
        let listen = SocketAddr::from(([127, 0, 0, 1], self.port));
        let flags = vec![("--port", "server.listen", listen.to_string())];
        let is_new = boot::is_empty(&self.place.data)?;
        let settings = if is_new { self.place.settings_for_new(flags)? } else { self.place.settings(flags)? };
        super::log::start(&settings.log);
        let listener = serve::bind(listen).await?;
        let (app, listener) = if is_new {
            let district = NewDistrict {
                name: "武陵区".to_owned(),
                demo: true,
                // 08:00 in Asia/Shanghai is midnight in UTC.
                shows: Some(self.opens.and_time(NaiveTime::MIN).and_utc()),
                database_url: settings.database.url.clone(),
            };
            eprintln!("Making the demonstration district in {} …", self.place.data.display());
            let app = boot::create(&settings, &self.place.data, &district).await?;
            let credentials = demo::make_until(&app, self.seed, self.opens).await?;
            self.keep(&credentials)?;
            boot::finished(&app).await?;
            begin_afresh(app, listener).await?
        } else {
            let app = boot::open(&settings, &self.place.data).await?;
            is_demo(&app, &self.place)?;
            (app, listener)
        };
        serve::serve(app, listener, &self.place).await
    }

    /// Writes the sign-in names beside the database and prints them once.
    fn keep(&self, credentials: &[Credential]) -> Result<(), Failure> {
        let path = self.place.data.join(CREDENTIALS);
        let text = serde_json::to_string_pretty(&json!(credentials)).unwrap_or_default();
        write_private(&path, text.as_bytes()).map_err(|e| BootError::Folder(path.clone(), e))?;
        for c in credentials {
            say!("{}\t{}\t{}\t{}", c.login, c.password, c.person, c.post);
        }
        say!("{} sign-in names, kept in {} (this account only).", credentials.len(), path.display());
        Ok(())
    }
}

/// Becomes the same command once more, which now finds the district and serves it: making it (many password hashes above all)
/// leaves the process with several times the memory that serving needs.
#[cfg(unix)]
async fn begin_afresh(app: App, listener: TcpListener) -> Result<(App, TcpListener), Failure> {
    use std::{io::Write as _, os::unix::process::CommandExt as _};
    app.db.close().await;
    drop((app, listener));
    let _ = std::io::stdout().flush();
    let itself =
        std::env::current_exe().map_err(|e| Failure::Failed(format!("the program cannot find itself: {e}")))?;
    let failed = std::process::Command::new(itself).args(std::env::args_os().skip(1)).exec();
    Err(Failure::Failed(format!("the district was made, but serving it failed: {failed}. Start the command again.")))
}

/// Elsewhere the process goes on as it is.
#[cfg(not(unix))]
async fn begin_afresh(app: App, listener: TcpListener) -> Result<(App, TcpListener), Failure> {
    Ok((app, listener))
}

fn is_demo(app: &App, place: &Place) -> Result<(), Failure> {
    let demo = app.district.read().map(|d| d.demo).unwrap_or_default();
    if demo {
        return Ok(());
    }
    let data = place.data.display();
    Err(Failure::Usage(format!(
        "{data} holds a district of its own, not the demonstration. Serve it with `hejian serve --data {data}`, or name an empty folder."
    )))
}
