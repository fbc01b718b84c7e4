//! As much of HTTP as a measurement needs: one request on a connection of its own.

use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
    time::{Duration, Instant},
};

use anyhow::{Context, Result};

/// What came back.
pub struct Answer {
    pub status: u16,
    /// `name=value` of the cookie that was set.
    pub cookie: Option<String>,
    /// From the connection to the last byte.
    pub time: Duration,
}

/// Sends one request to `127.0.0.1:port` and reads the whole answer.
pub fn send(port: u16, method: &str, path: &str, cookie: &str, form: &str) -> Result<Answer> {
    let started = Instant::now();
    let mut line = TcpStream::connect(("127.0.0.1", port)).context("nobody listens")?;
    line.set_read_timeout(Some(Duration::from_secs(60)))?;
    write!(
        line,
        "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\nCookie: {cookie}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{form}",
        form.len()
    )?;
    let mut bytes = Vec::new();
    line.read_to_end(&mut bytes)?;
    let time = started.elapsed();
    let text = String::from_utf8_lossy(&bytes);
    let head = text.split("\r\n\r\n").next().unwrap_or_default();
    let status = head.split(' ').nth(1).and_then(|code| code.parse().ok()).context("no answer in HTTP")?;
    let set = head
        .lines()
        .find_map(|l| l.to_ascii_lowercase().starts_with("set-cookie: ").then(|| &l["set-cookie: ".len()..]));
    let cookie = set.and_then(|l| l.split(';').next()).map(ToOwned::to_owned);
    Ok(Answer { status, cookie, time })
}
