//! The first administrator, who makes all other users.

use content::access::secret::Secret;
use content::edit::Edit;
use content::user::{self, Email, NewUser};
use content::view::Desk;
use content::{OperationKind, Role};

use super::StartError;

/// Whether anybody can log in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Users {
    /// Nobody.
    None,
    /// There are users.
    Some,
    /// This administrator was made just now.
    Made(String),
}

/// An e-mail address, as it was typed.
///
/// # Errors
///
/// If it is none.
pub fn email(text: &str) -> Result<Email, StartError> {
    text.parse().map_err(|error: user::EmailError| StartError::FirstAdmin { email: format!("{text:?}"), why: error.to_string() })
}

/// Makes the first administrator, while there is no user at all.
///
/// # Errors
///
/// If the password is missing or refused, or the database fails.
pub async fn first_admin(desk: &Desk, email: Option<&Email>, password: Option<Secret>) -> Result<Users, StartError> {
    let failed = |why: String| StartError::FirstAdmin { email: email.map(Email::to_string).unwrap_or_default(), why };
    let mut edit = Edit::begin(desk, OperationKind::Users, "The first administrator").await.map_err(|error| failed(error.to_string()))?;
    if user::any(&edit).await.map_err(|error| failed(error.to_string()))? {
        return Ok(Users::Some);
    }
    let Some(email) = email else { return Ok(Users::None) };
    let Some(password) = password else {
        return Err(failed("there is no password. Set GREENROOM_FIRST_ADMIN_PASSWORD for the first start.".to_owned()));
    };
    let name = email.as_str().split('@').next().unwrap_or_default().to_owned();
    let new = NewUser { email: email.clone(), name, role: Role::Admin, password };
    user::create(&mut edit, new).await.map_err(|error| failed(error.to_string()))?;
    edit.commit().await.map_err(|error| failed(error.to_string()))?;
    Ok(Users::Made(email.to_string()))
}
