//! A small HTTP/1.1 client that keeps its connection: it must cost little beside the server, with which it shares the machine.

use std::{
    io::{self, Read, Write},
    net::{SocketAddr, TcpStream},
    time::Duration,
};

pub struct Connection {
    stream: TcpStream,
    /// The last answer: its head, and its body as it came.
    buffer: Vec<u8>,
}

pub struct Answer<'a> {
    pub status: u16,
    pub body: &'a [u8],
}

impl Connection {
    pub fn open(address: SocketAddr) -> io::Result<Connection> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(30)))?;
        Ok(Connection { stream, buffer: vec![0; 64 * 1024] })
    }

    /// Sends a whole request and reads the whole answer. A chunked body is given as it came, with the sizes of its chunks.
    pub fn ask(&mut self, request: &[u8]) -> io::Result<Answer<'_>> {
        self.stream.write_all(request)?;
        let mut filled = self.read_more(0)?;
        let head = loop {
            if let Some(end) = find(&self.buffer[..filled], b"\r\n\r\n") {
                break end + 4;
            }
            filled += self.read_more(filled)?;
        };
        let text = std::str::from_utf8(&self.buffer[..head]).map_err(|_| broken("a head that is no text"))?;
        let status = text.get(9..12).and_then(|s| s.parse().ok()).ok_or_else(|| broken("an answer without a status"))?;
        let mut length = Some(0);
        for line in text.lines() {
            let Some((name, value)) = line.split_once(':') else { continue };
            if name.eq_ignore_ascii_case("content-length") {
                length = Some(value.trim().parse().map_err(|_| broken("a wrong content-length"))?);
            } else if name.eq_ignore_ascii_case("transfer-encoding") {
                length = None;
            }
        }
        let end = match length {
            Some(length) => {
                if self.buffer.len() < head + length {
                    self.buffer.resize(head + length, 0);
                }
                while filled < head + length {
                    filled += self.read_more(filled)?;
                }
                head + length
            }
            None => {
                while !self.buffer[head..filled].ends_with(b"0\r\n\r\n") {
                    filled += self.read_more(filled)?;
                }
                filled
            }
        };
        Ok(Answer { status, body: &self.buffer[head..end] })
    }

    fn read_more(&mut self, at: usize) -> io::Result<usize> {
        if at == self.buffer.len() {
            self.buffer.resize(2 * at, 0);
        }
        match self.stream.read(&mut self.buffer[at..])? {
            0 => Err(io::ErrorKind::UnexpectedEof.into()),
            n => Ok(n),
        }
    }
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window == needle)
}

fn broken(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}

/// How requests are written: who asks whom.
#[derive(Clone)]
pub struct Caller {
    pub address: SocketAddr,
    pub key: String,
}

impl Caller {
    pub fn get(&self, path: &str, more: &str) -> Vec<u8> {
        format!("GET /api/v1/pms{path} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {}\r\n{more}\r\n", self.key).into_bytes()
    }

    pub fn post(&self, path: &str, idempotency_key: &str, body: &serde_json::Value) -> Vec<u8> {
        let body = body.to_string();
        format!(
            "POST /api/v1/pms{path} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {}\r\nIdempotency-Key: {idempotency_key}\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            self.key,
            body.len()
        )
        .into_bytes()
    }
}
