/// How much a request matters, most important first.
///
/// Declared on the route, raised by a valid signed session cookie, never by a client's header.
/// Business priority before fairness is WeChat's DAGOR (SoCC'18, 4.2) and Netflix's prioritized
/// load shedding.
package enum RequestClass: UInt8, CaseIterable, Sendable {
    /// Admin pages and writes, the sign-in of an admin; refusing one is an alarm.
    case admin
    /// Signed-in companies and affiliates, and signing in.
    case member
    /// Applications, recommendations, confirmations, sign-ups: the spool takes what is refused.
    case conversion
    /// Anonymous pages that miss memory, search.
    case visitor
    /// Crawlers, feeds, exports, prefetch: served from what is left over, never queued.
    case background

    /// True for the classes that the reserved slots are for.
    @inline(__always)
    package var isImportant: Bool { rawValue <= RequestClass.member.rawValue }

    /// Place in arrays by class.
    @inline(__always)
    var index: Int { Int(rawValue) }
}

/// One value for each class.
package struct PerClass<Value> {
    package var admin: Value
    package var member: Value
    package var conversion: Value
    package var visitor: Value
    package var background: Value

    package init(
        admin: Value, member: Value, conversion: Value, visitor: Value, background: Value
    ) {
        self.admin = admin
        self.member = member
        self.conversion = conversion
        self.visitor = visitor
        self.background = background
    }

    /// The same value for all.
    package init(repeating value: Value) {
        self.init(
            admin: value, member: value, conversion: value, visitor: value, background: value)
    }

    package subscript(requestClass: RequestClass) -> Value {
        @inline(__always) get {
            switch requestClass {
            case .admin: admin
            case .member: member
            case .conversion: conversion
            case .visitor: visitor
            case .background: background
            }
        }
        @inline(__always) set {
            switch requestClass {
            case .admin: admin = newValue
            case .member: member = newValue
            case .conversion: conversion = newValue
            case .visitor: visitor = newValue
            case .background: background = newValue
            }
        }
    }
}

extension PerClass: Sendable where Value: Sendable {}
extension PerClass: Equatable where Value: Equatable {}

extension PerClass {
    func mapValues<Other>(_ body: (Value) -> Other) -> PerClass<Other> {
        PerClass<Other>(
            admin: body(admin), member: body(member), conversion: body(conversion),
            visitor: body(visitor), background: body(background))
    }
}

extension PerClass where Value == Int {
    /// The sum over the classes.
    package var total: Int { admin + member + conversion + visitor + background }
}
