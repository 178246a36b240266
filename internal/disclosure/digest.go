package disclosure

import (
	"encoding/binary"
	"hash/maphash"
)

// Digest stands for the values of a record on some columns: 128 bits, so that
// among 10^9 different records two get the same with a probability of 10^-21. A
// digest is made with a Key, since one that anybody can compute again tells what
// it was made of when the possible values are few.
type Digest struct{ High, Low uint64 }

// Key makes digests. It is random, differs from run to run, and is never written
// down: digests can be compared within one run and tell nothing after it. No
// result depends on it.
type Key struct{ high, low maphash.Seed }

// NewKey draws a key.
func NewKey() *Key { return &Key{maphash.MakeSeed(), maphash.MakeSeed()} }

// Of is the digest of the codes of a record on some columns, always the same
// columns in the same order.
func (k *Key) Of(codes ...uint32) Digest {
	var buf [64]byte
	b := buf[:0]
	for _, c := range codes {
		b = binary.LittleEndian.AppendUint32(b, c)
	}
	return k.OfBytes(b)
}

// OfBytes is the digest of bytes. The caller sees to it that different records
// give different bytes, by writing lengths before texts.
func (k *Key) OfBytes(b []byte) Digest {
	return Digest{maphash.Bytes(k.high, b), maphash.Bytes(k.low, b)}
}
