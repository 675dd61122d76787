import COpenSSL

/// AES-256 in Galois/Counter Mode (NIST SP 800-38D), by OpenSSL.
enum AuthenticatedCipher {
    static let keyBytes = 32
    static let nonceBytes = 12
    static let tagBytes = 16

    /// The content made unreadable, and the tag over it and over what it is about.
    ///
    /// - Parameter nonce: random; the same one must not be used twice with a key.
    static func seal(
        _ content: [UInt8], key: [UInt8], nonce: [UInt8], about: [UInt8]
    ) -> [UInt8] {
        precondition(key.count == keyBytes && nonce.count == nonceBytes)
        let context = EVP_CIPHER_CTX_new()
        defer { EVP_CIPHER_CTX_free(context) }
        var sealed = [UInt8](repeating: 0, count: content.count)
        var tag = [UInt8](repeating: 0, count: tagBytes)
        var count: Int32 = 0
        let isDone =
            EVP_EncryptInit_ex(context, EVP_aes_256_gcm(), nil, key, nonce) == 1
            && EVP_EncryptUpdate(context, nil, &count, about, Int32(about.count)) == 1
            && EVP_EncryptUpdate(context, &sealed, &count, content, Int32(content.count)) == 1
            && EVP_EncryptFinal_ex(context, &tag, &count) == 1
            && EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, Int32(tagBytes), &tag) == 1
        // Only an allocation can fail here, and nothing may be kept in the clear then.
        precondition(isDone, "AES-256-GCM failed")
        return sealed + tag
    }

    /// What was sealed; nil where key, nonce, content or what it is about are not the same.
    static func open(
        _ sealed: [UInt8], key: [UInt8], nonce: [UInt8], about: [UInt8]
    ) -> [UInt8]? {
        guard sealed.count >= tagBytes, key.count == keyBytes, nonce.count == nonceBytes else {
            return nil
        }
        let content = Array(sealed.dropLast(tagBytes))
        var tag = Array(sealed.suffix(tagBytes))
        let context = EVP_CIPHER_CTX_new()
        defer { EVP_CIPHER_CTX_free(context) }
        var opened = [UInt8](repeating: 0, count: content.count)
        var rest = [UInt8](repeating: 0, count: tagBytes)
        var count: Int32 = 0
        let isGenuine =
            EVP_DecryptInit_ex(context, EVP_aes_256_gcm(), nil, key, nonce) == 1
            && EVP_DecryptUpdate(context, nil, &count, about, Int32(about.count)) == 1
            && EVP_DecryptUpdate(context, &opened, &count, content, Int32(content.count)) == 1
            && EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, Int32(tagBytes), &tag) == 1
            && EVP_DecryptFinal_ex(context, &rest, &count) == 1
        return isGenuine ? opened : nil
    }
}
