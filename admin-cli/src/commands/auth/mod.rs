//! `greenroom auth`: who works at a server. A database needs no login.

mod login;
mod logout;
mod password;
mod status;

use clap::Subcommand;

use crate::client::{Client, Keep};
use crate::code::Code;
use crate::fault::{Fault, Result};
use crate::room::Room;
use crate::settings::login_command;

/// Sign in at a server, and out again
#[derive(Subcommand, Debug)]
pub(crate) enum Auth {
    /// Sign in with an e-mail address and a password
    Login(login::Login),
    /// End the session and forget it
    Logout,
    /// Show who is signed in where, and until when
    Status,
    /// Print an access token that is good for some minutes, for other programs
    Token,
    /// Give yourself another password; your other sessions end
    Password(password::Password),
}

impl Auth {
    pub(crate) async fn run(&self, room: &Room) -> Result {
        match self {
            Self::Login(login) => login.run(room).await,
            Self::Logout => logout::run(room).await,
            Self::Status => status::run(room),
            Self::Token => token(room).await,
            Self::Password(password) => password.run(room).await,
        }
    }
}

async fn token(room: &Room) -> Result {
    let client = room.client().await?;
    kept(client)?;
    let signed_out = || Fault::new(Code::SignedOut, "nobody is signed in").next(login_command(&client.target.name));
    let token = client.token().await?.ok_or_else(signed_out)?;
    room.ui.value("token", token.reveal());
    Ok(())
}

/// Where the session is kept; a database has none.
fn kept(client: &Client) -> Result<&Keep> {
    client.keep().ok_or_else(|| no_server(&client.target.name))
}

/// That a database needs no login.
fn no_server(target: &str) -> Fault {
    let fault = Fault::new(Code::LoginNeedless, format!("{target} is a database: it needs no login, and knows no sessions"));
    fault.line("  Whoever can open it works there as the operator.").next("greenroom profile list     choose a server with -p NAME")
}
