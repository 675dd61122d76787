/// The object identifier of a PostgreSQL type; the fixed ones are in `pg_type.dat`.
@usableFromInline package struct PostgresType: Hashable, Sendable {
    /// The number as it travels in messages.
    @usableFromInline package let oid: UInt32

    @inlinable @inline(__always)
    package init(oid: UInt32) {
        self.oid = oid
    }

    /// Not told: the server infers it from the place in the statement.
    @inlinable package static var inferred: PostgresType { PostgresType(oid: 0) }
    @inlinable package static var bool: PostgresType { PostgresType(oid: 16) }
    @inlinable package static var bytea: PostgresType { PostgresType(oid: 17) }
    @inlinable package static var char: PostgresType { PostgresType(oid: 18) }
    @inlinable package static var name: PostgresType { PostgresType(oid: 19) }
    @inlinable package static var int8: PostgresType { PostgresType(oid: 20) }
    @inlinable package static var int2: PostgresType { PostgresType(oid: 21) }
    @inlinable package static var int4: PostgresType { PostgresType(oid: 23) }
    @inlinable package static var text: PostgresType { PostgresType(oid: 25) }
    @inlinable package static var oidType: PostgresType { PostgresType(oid: 26) }
    @inlinable package static var json: PostgresType { PostgresType(oid: 114) }
    @inlinable package static var float4: PostgresType { PostgresType(oid: 700) }
    @inlinable package static var float8: PostgresType { PostgresType(oid: 701) }
    @inlinable package static var unknown: PostgresType { PostgresType(oid: 705) }
    @inlinable package static var boolArray: PostgresType { PostgresType(oid: 1000) }
    @inlinable package static var byteaArray: PostgresType { PostgresType(oid: 1001) }
    @inlinable package static var int2Array: PostgresType { PostgresType(oid: 1005) }
    @inlinable package static var int4Array: PostgresType { PostgresType(oid: 1007) }
    @inlinable package static var textArray: PostgresType { PostgresType(oid: 1009) }
    @inlinable package static var int8Array: PostgresType { PostgresType(oid: 1016) }
    @inlinable package static var float8Array: PostgresType { PostgresType(oid: 1022) }
    @inlinable package static var bpchar: PostgresType { PostgresType(oid: 1042) }
    @inlinable package static var varchar: PostgresType { PostgresType(oid: 1043) }
    @inlinable package static var date: PostgresType { PostgresType(oid: 1082) }
    @inlinable package static var dateArray: PostgresType { PostgresType(oid: 1182) }
    @inlinable package static var timestamptz: PostgresType { PostgresType(oid: 1184) }
    @inlinable package static var timestamptzArray: PostgresType { PostgresType(oid: 1185) }
    @inlinable package static var uuid: PostgresType { PostgresType(oid: 2950) }
    @inlinable package static var uuidArray: PostgresType { PostgresType(oid: 2951) }
    @inlinable package static var jsonb: PostgresType { PostgresType(oid: 3802) }

    /// The first number that is not a built-in type's: enums, domains and extensions' types
    /// have numbers from here on (`FirstNormalObjectId`).
    @inlinable package static var firstUserDefined: UInt32 { 16_384 }
}
