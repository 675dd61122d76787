/// The object identifier of a PostgreSQL type; the fixed ones are in `pg_type.dat`.
package struct PostgresType: Hashable, Sendable {
    /// The number as it travels in messages.
    package let oid: UInt32

    @inline(__always)
    package init(oid: UInt32) {
        self.oid = oid
    }

    /// Not told: the server infers it from the place in the statement.
    package static let inferred = PostgresType(oid: 0)
    package static let bool = PostgresType(oid: 16)
    package static let bytea = PostgresType(oid: 17)
    package static let char = PostgresType(oid: 18)
    package static let name = PostgresType(oid: 19)
    package static let int8 = PostgresType(oid: 20)
    package static let int2 = PostgresType(oid: 21)
    package static let int4 = PostgresType(oid: 23)
    package static let text = PostgresType(oid: 25)
    package static let oidType = PostgresType(oid: 26)
    package static let json = PostgresType(oid: 114)
    package static let float4 = PostgresType(oid: 700)
    package static let float8 = PostgresType(oid: 701)
    package static let unknown = PostgresType(oid: 705)
    package static let boolArray = PostgresType(oid: 1000)
    package static let byteaArray = PostgresType(oid: 1001)
    package static let int2Array = PostgresType(oid: 1005)
    package static let int4Array = PostgresType(oid: 1007)
    package static let textArray = PostgresType(oid: 1009)
    package static let int8Array = PostgresType(oid: 1016)
    package static let float8Array = PostgresType(oid: 1022)
    package static let bpchar = PostgresType(oid: 1042)
    package static let varchar = PostgresType(oid: 1043)
    package static let date = PostgresType(oid: 1082)
    package static let dateArray = PostgresType(oid: 1182)
    package static let timestamptz = PostgresType(oid: 1184)
    package static let timestamptzArray = PostgresType(oid: 1185)
    package static let uuid = PostgresType(oid: 2950)
    package static let uuidArray = PostgresType(oid: 2951)
    package static let jsonb = PostgresType(oid: 3802)

    /// The first number that is not a built-in type's: enums, domains and extensions' types
    /// have numbers from here on (`FirstNormalObjectId`).
    static let firstUserDefined: UInt32 = 16_384
}
