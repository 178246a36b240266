package bundle

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"errors"

	opa "github.com/open-policy-agent/opa/v1/bundle"
)

// keyID names the key in a signature, as the tools of the policy engine do when
// nothing else is asked for.
const keyID = "default"

// ErrKey says that a file holds no key that bundles can be signed or checked with.
var ErrKey = errors.New("no RSA or EC key in PEM form")

// PrivateKey signs bundles.
type PrivateKey struct{ pem, algorithm string }

// PublicKey checks signatures. A secret that both sides share is not accepted: who
// can check could sign.
type PublicKey struct{ pem, algorithm string }

// ParsePrivateKey reads a private key in PEM form (PKCS #8, PKCS #1 or SEC 1).
func ParsePrivateKey(data []byte) (*PrivateKey, error) {
	block, text := block(data, "PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY")
	if block == nil {
		return nil, ErrKey
	}
	for _, parse := range []func([]byte) (any, error){
		x509.ParsePKCS8PrivateKey,
		func(b []byte) (any, error) { return x509.ParsePKCS1PrivateKey(b) },
		func(b []byte) (any, error) { return x509.ParseECPrivateKey(b) },
	} {
		switch key, err := parse(block.Bytes); k := key.(type) {
		case *rsa.PrivateKey:
			if err == nil {
				return &PrivateKey{text, "RS256"}, nil
			}
		case *ecdsa.PrivateKey:
			if err == nil {
				return &PrivateKey{text, curve(&k.PublicKey)}, nil
			}
		}
	}
	return nil, ErrKey
}

// ParsePublicKey reads a public key or a certificate in PEM form.
func ParsePublicKey(data []byte) (*PublicKey, error) {
	block, text := block(data, "PUBLIC KEY", "RSA PUBLIC KEY", "CERTIFICATE")
	if block == nil {
		return nil, ErrKey
	}
	for _, parse := range []func([]byte) (any, error){
		x509.ParsePKIXPublicKey,
		func(b []byte) (any, error) { return x509.ParsePKCS1PublicKey(b) },
		func(b []byte) (any, error) {
			c, err := x509.ParseCertificate(b)
			if err != nil {
				return nil, err
			}
			return c.PublicKey, nil
		},
	} {
		switch key, err := parse(block.Bytes); k := key.(type) {
		case *rsa.PublicKey:
			if err == nil {
				return &PublicKey{text, "RS256"}, nil
			}
		case *ecdsa.PublicKey:
			if err == nil {
				return &PublicKey{text, curve(k)}, nil
			}
		}
	}
	return nil, ErrKey
}

// block is the first block of one of the types, which other blocks, such as the
// parameters of a curve, may stand before.
func block(data []byte, types ...string) (*pem.Block, string) {
	for {
		b, rest := pem.Decode(data)
		if b == nil {
			return nil, ""
		}
		for _, t := range types {
			if b.Type == t {
				return b, string(bytes.TrimSpace(pem.EncodeToMemory(b)))
			}
		}
		data = rest
	}
}

// curve is the algorithm of signatures by a key on an elliptic curve.
func curve(k *ecdsa.PublicKey) string {
	switch k.Curve.Params().BitSize {
	case 384:
		return "ES384"
	case 521:
		return "ES512"
	}
	return "ES256"
}

func (k *PrivateKey) sign(b *opa.Bundle) error {
	return b.GenerateSignature(opa.NewSigningConfig(k.pem, k.algorithm, ""), keyID, true)
}

func (k *PublicKey) config() *opa.VerificationConfig {
	// The signature names a key too, but which one counts is not for it to say.
	return opa.NewVerificationConfig(map[string]*opa.KeyConfig{keyID: {Key: k.pem, Algorithm: k.algorithm}}, keyID, "", nil)
}
