//! A mail server of this machine, which speaks SMTP and keeps what it takes.

use std::sync::{Arc, Mutex};

use oppsera_pms::mail::{MailSettings, Post, Smtp};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

#[derive(Clone)]
pub struct Fake {
    address: String,
    letters: Arc<Mutex<Vec<String>>>,
    is_busy: Arc<Mutex<bool>>,
}

impl Fake {
    pub async fn start() -> Fake {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let fake = Fake { address: listener.local_addr().unwrap().to_string(), letters: Arc::default(), is_busy: Arc::default() };
        let served = fake.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let one = served.clone();
                tokio::spawn(async move { one.serve(stream).await });
            }
        });
        fake
    }

    /// The real adapter, with this server behind it.
    pub fn post(&self) -> Arc<dyn Post> {
        let settings = MailSettings { url: format!("smtp://{}", self.address), from: "hotel@example.com".into() };
        Arc::new(Smtp::new(&settings).unwrap())
    }

    /// While it is busy it asks everybody to come again.
    pub fn set_busy(&self, is_busy: bool) {
        *self.is_busy.lock().unwrap() = is_busy;
    }

    /// Each letter as it came: heads, empty line, parts.
    pub fn letters(&self) -> Vec<String> {
        self.letters.lock().unwrap().clone()
    }

    async fn serve(&self, stream: TcpStream) {
        let (read, mut write) = stream.into_split();
        let mut lines = BufReader::new(read).lines();
        let _ = write.write_all(b"220 fake\r\n").await;
        while let Ok(Some(line)) = lines.next_line().await {
            let is_busy = *self.is_busy.lock().unwrap();
            let answer: &[u8] = match line.to_uppercase() {
                to if to.starts_with("RCPT") && is_busy => b"451 4.3.0 Come again later\r\n",
                to if to.starts_with("RCPT") && to.contains("NOBODY@") => b"550 5.1.1 No such mailbox here\r\n",
                data if data == "DATA" => {
                    let _ = write.write_all(b"354 go on\r\n").await;
                    let mut letter = String::new();
                    while let Ok(Some(line)) = lines.next_line().await {
                        if line == "." {
                            break;
                        }
                        letter += &line;
                        letter.push('\n');
                    }
                    self.letters.lock().unwrap().push(letter);
                    b"250 2.0.0 kept\r\n"
                }
                quit if quit == "QUIT" => {
                    let _ = write.write_all(b"221 bye\r\n").await;
                    return;
                }
                _ => b"250 fake\r\n",
            };
            if write.write_all(answer).await.is_err() {
                return;
            }
        }
    }
}
