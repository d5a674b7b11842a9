//! Statements stand beside the code that uses them, and each is registered, so that a test prepares all of them against the
//! migrated schema and looks for the tenant in each.

use postgres_types::ToSql;

/// A statement of the program, with the place that declares it.
#[derive(Clone, Copy, Debug)]
pub struct Statement {
    pub name: &'static str,
    pub module: &'static str,
    pub sql: &'static str,
}

/// All statements of the program.
#[linkme::distributed_slice]
pub static STATEMENTS: [Statement];

/// Declares statements as constants: `sql! { LOCK_ROOMS = "select …"; }`.
#[macro_export]
macro_rules! sql {
    ($($(#[$doc:meta])* $name:ident = $text:expr;)*) => {$(
        $(#[$doc])*
        pub(crate) const $name: &str = $text;
        const _: () = {
            #[linkme::distributed_slice($crate::db::STATEMENTS)]
            static STATEMENT: $crate::db::Statement =
                $crate::db::Statement { name: stringify!($name), module: module_path!(), sql: $name };
        };
    )*};
}

pub type Param = Box<dyn ToSql + Sync + Send>;

/// A statement with its parameters: the first is always the tenant.
pub struct Call {
    pub(super) sql: &'static str,
    pub(super) params: Vec<Param>,
    pub(super) is_fitted: bool,
}

impl Call {
    pub fn new(sql: &'static str, params: Vec<Param>) -> Call {
        Call { sql, params, is_fitted: false }
    }

    /// To be planned for these parameters: a list that is narrowed by any of many filters has no plan that is good for all.
    pub fn fitted(mut self) -> Call {
        self.is_fitted = true;
        self
    }

    /// The same parameters and one more for a statement that is a variant of this one.
    pub fn instead(mut self, sql: &'static str, param: impl ToSql + Sync + Send + 'static) -> Call {
        self.sql = sql;
        self.params.push(Box::new(param));
        self
    }
}

/// `call!(SQL, a, b)`: a [`Call`] that owns its parameters.
#[macro_export]
macro_rules! call {
    ($sql:expr $(, $param:expr)* $(,)?) => {
        $crate::db::Call::new($sql, vec![$(Box::new($param) as $crate::db::Param),*])
    };
}
