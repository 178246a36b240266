package evidence

import (
	"context"
	"crypto/pbkdf2"
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"io"
	"os"
)

// fingerprint computes the digest of a file while it is read for other reasons.
type fingerprint struct {
	hash  hash.Hash
	bytes int64
}

func newFingerprint() *fingerprint { return &fingerprint{hash: sha256.New()} }

func (f *fingerprint) Write(p []byte) (int, error) {
	f.bytes += int64(len(p))
	return f.hash.Write(p)
}

// digest identifies the file. A small file could be found again by trying all
// contents that it may have, so its digest is one that is slow to compute.
func (m *measurement) digest(ctx context.Context) error {
	if m.file.Size < m.rules.Limits.DigestBytes {
		data, err := os.ReadFile(m.file.Path())
		if err != nil {
			return err
		}
		const rounds = 200_000
		key, err := pbkdf2.Key(sha256.New, string(data), []byte("puntari"), rounds, 32)
		if err != nil {
			return err
		}
		m.result.Source.Digest = Digest{"pbkdf2-sha256-200000:" + hex.EncodeToString(key)}
		return nil
	}
	if m.fingerprint.bytes != m.file.Size {
		// Not all formats are read from the beginning to the end.
		m.fingerprint = newFingerprint()
		if err := m.copyTo(ctx, m.fingerprint); err != nil {
			return err
		}
	}
	m.result.Source.Digest = Digest{"sha256:" + hex.EncodeToString(m.fingerprint.hash.Sum(nil))}
	return nil
}

// copyTo writes the bytes of the file.
func (m *measurement) copyTo(ctx context.Context, w io.Writer) error {
	f, err := os.Open(m.file.Path())
	if err != nil {
		return err
	}
	defer f.Close()
	buf := make([]byte, 1<<20)
	for done := int64(0); ; {
		if err := ctx.Err(); err != nil {
			return err
		}
		n, err := f.Read(buf)
		if _, err := w.Write(buf[:n]); err != nil {
			return err
		}
		done += int64(n)
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		m.o.Progress(2, done, m.file.Size)
	}
}
