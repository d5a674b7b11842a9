//! The adapter: SMTP, encrypted unless the server is on this machine.

use std::time::Duration;

use anyhow::Context;
use futures_util::future::BoxFuture;
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{Attachment, Mailbox, MultiPart, SinglePart, header::ContentType},
    transport::smtp::{AsyncSmtpTransportBuilder, Error},
};

use super::{Delivery, Letter, MailSettings, Post};

const TIMEOUT: Duration = Duration::from_secs(30);

/// Sends by an SMTP server.
pub struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl Smtp {
    /// Errors: settings that are none.
    pub fn new(settings: &MailSettings) -> anyhow::Result<Smtp> {
        let transport = builder(&settings.url).context("the URL of the mail server")?.timeout(Some(TIMEOUT)).build();
        Ok(Smtp { transport, from: settings.from.parse().context("the sender of mail")? })
    }

    fn message(&self, letter: &Letter) -> anyhow::Result<Message> {
        let domain = self.from.email.domain();
        let mut message = Message::builder()
            .from(Mailbox::new(Some(letter.from_name.clone()), self.from.email.clone()))
            .to(Mailbox::new(None, letter.to.parse().context("the recipient")?))
            .subject(letter.subject.clone())
            .message_id(Some(format!("<{}@{domain}>", letter.id)));
        if let Some(address) = letter.reply_to.as_deref().and_then(|text| text.parse().ok()) {
            message = message.reply_to(Mailbox::new(None, address));
        }
        let pdf = Attachment::new(letter.file_name.clone()).body(letter.pdf.clone(), ContentType::parse("application/pdf")?);
        Ok(message.multipart(MultiPart::mixed().singlepart(SinglePart::plain(letter.text.clone())).singlepart(pdf))?)
    }
}

impl Post for Smtp {
    fn send<'a>(&'a self, letter: &'a Letter) -> BoxFuture<'a, Delivery> {
        Box::pin(async move {
            let message = match self.message(letter) {
                Ok(message) => message,
                Err(error) => return Delivery::Refused(format!("{error:#}")),
            };
            match self.transport.send(message).await {
                Ok(_) => Delivery::Taken,
                Err(error) if error.is_permanent() => Delivery::Refused(said(&error)),
                Err(error) => Delivery::Failed(said(&error)),
            }
        })
    }
}

/// The words of the server are in the cause.
fn said(error: &Error) -> String {
    let mut text = error.to_string();
    if let Some(cause) = std::error::Error::source(error)
        && !text.contains(&cause.to_string())
    {
        text = format!("{text}: {cause}");
    }
    text.chars().take(500).collect()
}

fn builder(url: &str) -> anyhow::Result<AsyncSmtpTransportBuilder> {
    Ok(AsyncSmtpTransport::<Tokio1Executor>::from_url(url)?)
}

/// Whether this is the URL of a server that letters can be given to. In the clear only on this machine: they are about guests.
pub fn check_url(text: &str) -> Result<(), &'static str> {
    let rule = "must be smtps://user:password@host, or smtp://user:password@host:587?tls=required; smtp:// without TLS only on this machine";
    let url: reqwest::Url = text.parse().map_err(|_| rule)?;
    let is_near = ["localhost", "127.0.0.1", "[::1]"].contains(&url.host_str().unwrap_or_default());
    let is_encrypted = url.scheme() == "smtps"
        || url.scheme() == "smtp" && url.query_pairs().any(|(key, value)| key == "tls" && value == "required");
    let is_known = url.scheme() == "smtps" || url.scheme() == "smtp";
    if is_known && (is_encrypted || is_near) && builder(text).is_ok() { Ok(()) } else { Err(rule) }
}

/// Whether letters can be sent from there.
pub fn check_from(text: &str) -> Result<(), &'static str> {
    text.parse::<Mailbox>().map(|_| ()).map_err(|_| "must be an address such as reception@hotel.example")
}
