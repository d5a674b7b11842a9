//! States and kinds are text in the database, with a CHECK, and enums here.

/// `text_enum!(Status { Hold => "HOLD", … })`: to and from SQL text, and `as_str`.
#[macro_export]
macro_rules! text_enum {
    ($name:ident { $($variant:ident => $text:literal),* $(,)? }) => {
        impl $name {
            pub const ALL: &'static [$name] = &[$($name::$variant),*];
            pub const fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text),* }
            }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str(self.as_str()) }
        }
        impl std::str::FromStr for $name {
            type Err = &'static str;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text { $($text => Ok($name::$variant),)* _ => Err(concat!("must be one of", $(" ", $text),*)) }
            }
        }
        impl postgres_types::ToSql for $name {
            fn to_sql(&self, ty: &postgres_types::Type, out: &mut postgres_types::private::BytesMut)
                -> Result<postgres_types::IsNull, Box<dyn std::error::Error + Sync + Send>> {
                self.as_str().to_sql(ty, out)
            }
            fn accepts(ty: &postgres_types::Type) -> bool { *ty == postgres_types::Type::TEXT }
            postgres_types::to_sql_checked!();
        }
        impl<'a> postgres_types::FromSql<'a> for $name {
            fn from_sql(_: &postgres_types::Type, raw: &'a [u8]) -> Result<Self, Box<dyn std::error::Error + Sync + Send>> {
                Ok(std::str::from_utf8(raw)?.parse()?)
            }
            fn accepts(ty: &postgres_types::Type) -> bool { *ty == postgres_types::Type::TEXT }
        }
    };
}
