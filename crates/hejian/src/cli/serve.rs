//! `hejian serve`: answers until it is asked to stop.

use std::net::SocketAddr;

use clap::Args;
use hejian_kernel::web::App;
use tokio::{net::TcpListener, signal};

use super::{failure::Failure, place::Place};
use crate::{boot, campaign::score};

/// Serve a district 启动服务
///
/// Prints its address once and answers until SIGTERM or Ctrl-C; requests under way get ten seconds to finish.
/// /healthz answers only when the district is ready.
#[derive(Debug, Args)]
pub(super) struct Serve {
    #[command(flatten)]
    place: Place,
    /// Address and port to listen on; wins over server.listen 监听地址
    #[arg(long, value_name = "ADDR")]
    listen: Option<String>,
}

impl Serve {
    pub(super) async fn run(self) -> Result<(), Failure> {
        let flags = self.listen.iter().map(|addr| ("--listen", "server.listen", addr.clone())).collect();
        let settings = self.place.settings(flags)?;
        super::log::start(&settings.log);
        let listener = bind(settings.server.listen).await?;
        let app = boot::open(&settings, &self.place.data).await?;
        serve(app, listener, &self.place).await
    }
}

/// Takes the address.
pub(super) async fn bind(listen: SocketAddr) -> Result<TcpListener, Failure> {
    TcpListener::bind(listen).await.map_err(|e| {
        let remedy = match e.kind() {
            std::io::ErrorKind::AddrInUse => "Another program listens there: stop it, or choose another port.",
            std::io::ErrorKind::PermissionDenied => "Ports below 1024 need a proxy or the right to bind them.",
            _ => "Check that the address belongs to this machine.",
        };
        Failure::Failed(format!("cannot listen on {listen} (server.listen): {e}. {remedy}"))
    })
}

/// Answers until asked to stop.
pub(super) async fn serve(app: App, listener: TcpListener, place: &Place) -> Result<(), Failure> {
    let address = listener.local_addr().map_err(|e| Failure::Failed(format!("the listener has no address: {e}")))?;
    say!("Hejian serves http://{address} from {}. Stop with Ctrl-C. 按 Ctrl-C 停止。", place.data.display());
    tracing::info!(%address, "serving");
    let worker = hejian_kernel::jobs::start(&app);
    let ahead = score::ahead(&app);
    let stopped = async move {
        stop().await;
        tracing::info!("stopping");
        ahead.stop();
        // Before the server closes the database: the job under way goes back to the queue.
        worker.stop().await;
    };
    hejian_kernel::web::serve(app, listener, stopped)
        .await
        .map_err(|e| Failure::Failed(format!("the server stopped: {e}")))?;
    tracing::info!("stopped");
    Ok(())
}

/// Done when the process is asked to stop.
async fn stop() {
    #[cfg(unix)]
    {
        use signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = signal::ctrl_c() => {}
            }
            return;
        }
    }
    let _ = signal::ctrl_c().await;
}
