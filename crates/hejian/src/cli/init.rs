//! `hejian init`: an empty district with its three administrators.

use std::path::PathBuf;

use clap::Args;
use hejian_kernel::{
    access::{Admin, create_first_administrators},
    unit::{self, NewUnit},
    web::App,
};
use serde_json::json;

use super::{
    failure::Failure,
    place::{Place, Secret, print_secrets},
};
use crate::boot::{self, NewDistrict};

/// Make an empty district with its three administrators 建库
///
/// Makes the folder, hejian.toml, the key, the database, the district and its three administrators (三员: system, security and
/// audit), whose freshly made passwords are printed once and must be changed at the first sign-in. There is no other
/// account and no default password.
#[derive(Debug, Args)]
pub(super) struct Init {
    /// New or empty data folder 数据目录
    #[arg(long, value_name = "DIR", env = "HEJIAN_DATA")]
    data: PathBuf,
    /// Settings file to begin with; its database is used 配置文件
    #[arg(long, value_name = "FILE", env = "HEJIAN_CONFIG")]
    config: Option<PathBuf>,
    /// Name of the district, e.g. 武陵区 区名
    #[arg(long, value_name = "NAME", default_value = "本区")]
    district: String,
    /// Sign-in names of the system, security and audit administrator 三员登录名
    #[arg(long, value_name = "SYS,SEC,AUD", default_value = "sysadmin,secadmin,auditadmin")]
    administrators: String,
    /// Database to be used and kept in hejian.toml [default: a file in the folder] 数据库
    #[arg(long, value_name = "URL")]
    database_url: Option<String>,
    /// Answer as JSON
    #[arg(long)]
    json: bool,
}

impl Init {
    pub(super) async fn run(self) -> Result<(), Failure> {
        let three = three(&self.administrators)?;
        let flags = self.database_url.iter().map(|url| ("--database-url", "database.url", url.clone())).collect();
        let place = Place { data: self.data, config: self.config };
        let settings = place.settings_for_new(flags)?;
        super::log::start(&settings.log);
        let database_url = settings.database.url.clone();
        let district = NewDistrict { name: self.district, database_url, ..NewDistrict::default() };
        let app = boot::create(&settings, &place.data, &district).await?;
        let secrets = people(&app, &district.name, &three).await?;
        boot::finished(&app).await?;
        app.db.close().await;
        if self.json {
            say!("{}", json!({ "data": place.data, "district": district.name, "accounts": secrets }));
            return Ok(());
        }
        say!("{} was made in {}.", district.name, place.data.display());
        print_secrets(&secrets);
        say!("Serve it with `hejian serve --data {}`.", place.data.display());
        Ok(())
    }
}

fn three(text: &str) -> Result<[(String, String, Admin); 3], Failure> {
    let logins: Vec<&str> = text.split(',').map(str::trim).filter(|l| !l.is_empty()).collect();
    let [system, security, audit] = logins.as_slice() else {
        return Err(Failure::Usage(format!(
            "--administrators must name three sign-in names, SYSTEM,SECURITY,AUDIT, not \"{text}\"."
        )));
    };
    let one = |login: &str, admin: Admin| (login.to_owned(), admin.title().to_owned(), admin);
    Ok([one(system, Admin::System), one(security, Admin::Security), one(audit, Admin::Audit)])
}

/// The district's root unit and its first three persons.
async fn people(app: &App, name: &str, three: &[(String, String, Admin); 3]) -> Result<Vec<Secret>, Failure> {
    let mut work = app.work(&boot::console()).await?;
    let root = NewUnit {
        key: "district".to_owned(),
        kind: "district".to_owned(),
        name: name.to_owned(),
        official_order: 0,
        code: None,
        section: None,
        parent: None,
        valid_from: work.today(),
        valid_to: None,
        geometry: None,
        is_key: false,
        is_model: false,
        name_status: "real".to_owned(),
        value_status: "real".to_owned(),
        note: None,
    };
    unit::add(&mut work, &root).await?;
    let made = create_first_administrators(&mut work, three).await?;
    work.commit().await?;
    let titles = three.iter().map(|(_, title, _)| title.clone());
    let secrets = made.into_iter().zip(titles);
    Ok(secrets.map(|((login, first), of)| Secret { login, password: first.text().to_owned(), of }).collect())
}
