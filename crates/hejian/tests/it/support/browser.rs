//! A real browser for journeys: ChromeDriver on a free port, Chromium without a window, a profile of its own.
//!
//! The rule that matters: a journey ends with [`Browser::finish`], which fails on any error of the console and any report of
//! the content security policy. Whatever happens, only the processes that this value started are ended.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;
use thirtyfour::prelude::*;
use thirtyfour::{ChromeCapabilities, LoggingPrefsLogLevel};

/// Size of the window's content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Window {
    /// 1440 × 900.
    Desktop,
    /// 390 × 844.
    Phone,
}

impl Window {
    const fn size(self) -> (u32, u32) {
        match self {
            Window::Desktop => (1440, 900),
            Window::Phone => (390, 844),
        }
    }
}

/// One browser with one window.
pub struct Browser {
    driver: WebDriver,
    keeper: Keeper,
}

/// The driver process and the profile; ends what it started when it goes.
struct Keeper {
    process: Child,
    port: u16,
    profile: TempDir,
}

impl Browser {
    /// Opens a browser; `None` where there is none to open (see [`super::wanted`]).
    pub async fn start(window: Window) -> Option<Browser> {
        let program = super::wanted("HEJIAN_TEST_CHROMEDRIVER", "browser tests")?;
        let keeper = Keeper::start(&program);
        let (width, height) = window.size();
        let mut wishes = ChromeCapabilities::new();
        if let Ok(chromium) = std::env::var("HEJIAN_TEST_CHROMIUM") {
            wishes.set_binary(&chromium).expect("a capability");
        }
        let size = format!("--window-size={width},{height}");
        let profile = format!("--user-data-dir={}", keeper.profile.path().display());
        let fixed = "--headless --no-sandbox --disable-gpu --disable-dev-shm-usage --disable-background-networking \
                     --disable-component-update --disable-sync --no-first-run --hide-scrollbars --lang=zh-CN";
        for argument in fixed.split_whitespace().chain([size.as_str(), profile.as_str()]) {
            wishes.add_arg(argument).expect("a capability");
        }
        let languages = serde_json::json!({ "intl.accept_languages": "zh-CN,zh" });
        wishes.add_experimental_option("prefs", languages).expect("a capability");
        wishes.set_browser_log_level(LoggingPrefsLogLevel::All).expect("a capability");
        let driver = WebDriver::new(format!("http://127.0.0.1:{}", keeper.port), wishes).await;
        let browser = Browser { driver: driver.expect("ChromeDriver opens Chromium"), keeper };
        browser.resize(window).await;
        Some(browser)
    }

    /// The page, to be driven with the WebDriver commands.
    pub fn page(&self) -> &WebDriver {
        &self.driver
    }

    /// Gives the page another width and height, exactly: a window cannot be made as narrow as a phone, so it is told to act as one.
    pub async fn resize(&self, window: Window) {
        let (width, height) = window.size();
        let metrics = serde_json::json!({
            "width": width, "height": height, "deviceScaleFactor": 1, "mobile": window == Window::Phone,
        });
        self.devtools("Emulation.setDeviceMetricsOverride", metrics).await;
    }

    /// Shows the page as on paper (`true`) or as on screen.
    pub async fn as_printed(&self, on_paper: bool) {
        let medium = if on_paper { "print" } else { "" };
        self.devtools("Emulation.setEmulatedMedia", serde_json::json!({ "media": medium })).await;
    }

    /// Saves what the window shows as `target/screenshots/NAME.png`.
    pub async fn screenshot(&self, name: &str) -> PathBuf {
        let folder = screenshots();
        std::fs::create_dir_all(&folder).expect("the folder for screenshots can be made");
        let file = folder.join(format!("{name}.png"));
        self.driver.screenshot(&file).await.expect("the window can be photographed");
        file
    }

    /// Errors of the console and reports of the policy since the last call, each as one line.
    pub async fn problems(&self) -> Vec<String> {
        let entries = self.driver.browser_log().await.expect("ChromeDriver keeps the console's lines");
        entries
            .into_iter()
            .filter(|entry| entry.level == "SEVERE" || entry.message.contains("Content Security Policy"))
            .map(|entry| format!("{} {}", entry.level, entry.message))
            .collect()
    }

    /// Takes note of complaints that the journey provoked on purpose (a refused form is "422" to the console): there must be
    /// one that holds the `part`, and no other.
    pub async fn expect_problem(&self, part: &str) {
        let problems = self.problems().await;
        assert!(problems.iter().any(|line| line.contains(part)), "no complaint with `{part}`: {problems:?}");
        let others: Vec<_> = problems.iter().filter(|line| !line.contains(part)).collect();
        assert!(others.is_empty(), "complaints beside `{part}`: {others:?}");
    }

    /// Waits until the condition, a JavaScript expression, is true; fails after ten seconds with the page's address.
    pub async fn wait_for(&self, condition: &str) {
        let until = Instant::now() + Duration::from_secs(10);
        loop {
            let answer = self.driver.execute(format!("return Boolean({condition})"), vec![]).await;
            if answer.is_ok_and(|value| value.json().as_bool() == Some(true)) {
                return;
            }
            if Instant::now() > until {
                let address = self.driver.current_url().await.map(String::from).unwrap_or_default();
                panic!("waited in vain for `{condition}` on {address}; console: {:?}", self.problems().await);
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Ends the journey: fails if the console or the policy complained, then closes the browser.
    pub async fn finish(self) {
        let problems = self.problems().await;
        self.close().await;
        assert!(problems.is_empty(), "the browser complained:\n{}", problems.join("\n"));
    }

    /// Closes the browser without a look at its console.
    pub async fn close(self) {
        let Browser { driver, keeper } = self;
        driver.quit().await.ok();
        drop(keeper);
    }

    async fn devtools(&self, command: &str, parameters: serde_json::Value) {
        self.driver.cdp().send_raw(command, parameters).await.expect("Chromium knows the command");
    }
}

/// `target/screenshots`, beside the build products of this very test binary.
fn screenshots() -> PathBuf {
    let binary = std::env::current_exe().expect("a test knows its own file");
    let target = binary.ancestors().find(|folder| folder.ends_with("debug") || folder.ends_with("release"));
    target.and_then(Path::parent).unwrap_or(Path::new(".")).join("screenshots")
}

impl Keeper {
    fn start(program: &str) -> Keeper {
        let profile = TempDir::with_prefix("hejian-browser-").expect("a temporary folder");
        let mut process = Command::new(program)
            .args(["--port=0", "--allowed-ips=127.0.0.1"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("{program} could not be started: {error}"));
        let mut lines = BufReader::new(process.stdout.take().expect("a pipe was asked for")).lines();
        let port = lines
            .by_ref()
            .map_while(Result::ok)
            .find_map(|line| line.split("successfully on port ").nth(1)?.trim_end_matches('.').parse().ok())
            .expect("ChromeDriver says its port");
        // It must always find somebody who reads.
        std::thread::spawn(move || lines.for_each(drop));
        Keeper { process, port, profile }
    }

    /// Asks the driver to close its browsers and end; `false` when it does not within some seconds.
    fn shut_down(&mut self) -> bool {
        if let Ok(mut line) = TcpStream::connect(("127.0.0.1", self.port)) {
            line.set_read_timeout(Some(Duration::from_secs(5))).ok();
            line.write_all(b"GET /shutdown HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").ok();
            // Its answer comes when all is closed; what it says does not matter.
            line.read_to_end(&mut Vec::new()).ok();
        }
        let until = Instant::now() + Duration::from_secs(5);
        while Instant::now() < until {
            if matches!(self.process.try_wait(), Ok(Some(_))) {
                return true;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        false
    }

    /// The process id of Chromium, by the lock in its profile (a link to `HOST-PID`).
    fn browser_process(&self) -> Option<String> {
        let lock = std::fs::read_link(self.profile.path().join("SingletonLock")).ok()?;
        Some(lock.to_str()?.rsplit_once('-')?.1.to_owned())
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        if self.shut_down() {
            return;
        }
        if let Some(id) = self.browser_process() {
            Command::new("kill").arg(id).stderr(Stdio::null()).status().ok();
        }
        self.process.kill().ok();
        self.process.wait().ok();
    }
}
