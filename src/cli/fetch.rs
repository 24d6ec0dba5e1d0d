//! What is at an address of the web. `https://example.org/acme` → the page's bytes, within limits of time and size.

use std::sync::LazyLock;
use std::time::Duration;

use ureq::Agent;

use crate::article::{Fetched, MAX_BYTES, Reason};

/// The longest that one address may take in all.
const TIMEOUT: Duration = Duration::from_secs(60);
/// The longest until a server is reached.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// A page leads on at most this often.
const REDIRECTS: u32 = 5;
/// A feed or file of records may be larger than an article, but is not read for longer than this, in bytes.
const FETCHED_BYTES: u64 = 8 * MAX_BYTES as u64;

/// Tells servers who asks.
const USER_AGENT: &str = concat!("investgraph/", env!("CARGO_PKG_VERSION"), " (reads the news articles that its user names)");

static AGENT: LazyLock<Agent> = LazyLock::new(|| {
    let config = Agent::config_builder().timeout_global(Some(TIMEOUT)).timeout_connect(Some(CONNECT_TIMEOUT));
    config.max_redirects(REDIRECTS).user_agent(USER_AGENT).build().into()
});

/// Gets what is at the address.
pub(super) fn fetch(address: &str) -> Result<Fetched, Reason> {
    let response = AGENT.get(address).call().map_err(|error| Reason::Unfetchable(Box::new(error)))?;
    let found = ureq::ResponseExt::get_uri(&response).to_string();
    let charset = response.body().charset().map(str::to_owned);
    let body = response.into_body().into_with_config().limit(FETCHED_BYTES).reader();
    Ok(Fetched { body: Box::new(body), charset, address: found })
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::TcpListener;
    use std::thread;

    use super::*;

    /// A server on this machine that answers one request in these words; its address.
    fn server(answer: &'static [u8]) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}/acme", listener.local_addr().unwrap());
        thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut request = [0; 4096];
            let length = stream.read(&mut request).unwrap();
            assert!(String::from_utf8_lossy(&request[..length]).contains("investgraph/"));
            let _ = stream.write_all(answer);
        });
        address
    }

    #[test]
    fn pages_come_with_their_character_set() {
        let address = server(b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=windows-1251\r\nContent-Length: 4\r\n\r\nAcme");
        let Fetched { mut body, charset, address: found } = fetch(&address).unwrap();
        let mut text = String::new();
        body.read_to_string(&mut text).unwrap();
        assert_eq!((text.as_str(), charset.as_deref(), found), ("Acme", Some("windows-1251"), address));
    }

    #[test]
    fn what_cannot_be_fetched_is_told() {
        let gone = server(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
        for address in [gone.as_str(), "http://127.0.0.1:1/", "http://", "https://?"] {
            assert!(matches!(fetch(address), Err(Reason::Unfetchable(_))), "{address}");
        }
    }
}
