//! Identifiers: ULIDs, one type for each noun, so that a room is never taken for a guest.

use std::{error::Error, fmt, str::FromStr};

use postgres_types::{FromSql, IsNull, ToSql, Type, private::BytesMut, to_sql_checked};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use ulid::Ulid;

/// Reads the canonical text of a ULID: 26 characters of Crockford's base 32 in upper case, at most `7ZZ…`.
fn parse(text: &str) -> Option<Ulid> {
    let canonical = text.len() == 26 && text.as_bytes()[0] <= b'7' && !text.bytes().any(|b| b.is_ascii_lowercase());
    canonical.then(|| Ulid::from_string(text).ok()).flatten()
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub Ulid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let mut buffer = [0; ulid::ULID_LEN];
                f.write_str(self.0.array_to_str(&mut buffer))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self)
            }
        }

        impl FromStr for $name {
            type Err = &'static str;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                parse(text).map(Self).ok_or("must be a ULID: 26 characters, 0-9 and A-Z without I, L, O, U")
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let mut buffer = [0; ulid::ULID_LEN];
                serializer.serialize_str(self.0.array_to_str(&mut buffer))
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
                text.parse().map_err(de::Error::custom)
            }
        }

        impl ToSql for $name {
            fn to_sql(&self, _: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
                let mut buffer = [0; ulid::ULID_LEN];
                out.extend_from_slice(self.0.array_to_str(&mut buffer).as_bytes());
                Ok(IsNull::No)
            }
            fn accepts(ty: &Type) -> bool { *ty == Type::TEXT }
            to_sql_checked!();
        }

        impl<'a> FromSql<'a> for $name {
            fn from_sql(_: &Type, raw: &'a [u8]) -> Result<Self, Box<dyn Error + Sync + Send>> {
                let text = std::str::from_utf8(raw)?;
                text.parse().map_err(|rule| format!("{text}: {rule}").into())
            }
            fn accepts(ty: &Type) -> bool { *ty == Type::TEXT }
        }

        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> { ulid_schema() }
        }
        impl utoipa::ToSchema for $name {
            fn name() -> std::borrow::Cow<'static, str> { "Ulid".into() }
        }
    )*};
}

fn ulid_schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
    utoipa::openapi::ObjectBuilder::new()
        .schema_type(utoipa::openapi::schema::Type::String)
        .pattern(Some("^[0-7][0-9A-HJKMNP-TV-Z]{25}$"))
        .description(Some("A ULID."))
        .examples([serde_json::json!("01J9ZK3T5V8M2Q4R6X7Y9ABCDE")])
        .build()
        .into()
}

ids! {
    TenantId, UserId, SessionId, ApiKeyId, PropertyId, RoomTypeId, RoomId, RatePlanId, PriceId, GuestId,
    ReservationId, BlockId, FolioId, EntryId, TaxRuleId, PolicyId, AuditId, EventId, StatusLogId, PaymentIntentId,
    AssignmentId, SightingId, RestrictionId, PackageId, PackageItemId, MessageId,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_canonical_text_is_an_id() {
        assert!("01J9ZK3T5V8M2Q4R6X7Y9ABCDE".parse::<RoomId>().is_ok());
        for wrong in ["", "01j9zk3t5v8m2q4r6x7y9abcde", "81J9ZK3T5V8M2Q4R6X7Y9ABCDE", "01J9ZK3T5V8M2Q4R6X7Y9ABCDI", "x"] {
            assert!(wrong.parse::<RoomId>().is_err(), "{wrong}");
        }
    }
}
