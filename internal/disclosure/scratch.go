package disclosure

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"os"
	"sync"
)

// scratch is a temporary file that blocks are added to and read back from. It is
// in a folder of its own that the owner alone may enter, and is taken out of the
// folder as soon as it is open where the system allows it, so that nothing is
// left behind even when the program is killed. What is written is encrypted with
// a key that is random and only in memory: not even which records are equal can
// be read off it.
type scratch struct {
	parent string

	mu     sync.Mutex
	dir    string
	file   *os.File
	cipher cipher.Block
	end    int64
}

func (s *scratch) open() (err error) {
	secret := make([]byte, 16)
	if _, err = rand.Read(secret); err != nil {
		return err
	}
	if s.cipher, err = aes.NewCipher(secret); err != nil {
		return err
	}
	if s.dir, err = os.MkdirTemp(s.parent, "puntari-"); err != nil {
		return err
	}
	if s.file, err = os.CreateTemp(s.dir, ""); err != nil {
		return err
	}
	// Not possible on Windows: there close removes them.
	if os.Remove(s.file.Name()) == nil && os.Remove(s.dir) == nil {
		s.dir = ""
	}
	return nil
}

// write adds a block and tells where. It overwrites b.
func (s *scratch) write(b []byte) (at int64, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.file == nil {
		if err := s.open(); err != nil {
			return 0, err
		}
	}
	at = s.end
	s.crypt(b, at)
	if _, err := s.file.WriteAt(b, at); err != nil {
		return 0, err
	}
	// Blocks begin where the cipher begins a block.
	s.end += int64((len(b) + aes.BlockSize - 1) / aes.BlockSize * aes.BlockSize)
	return at, nil
}

// read fills b with the block at a place. Several can read at once.
func (s *scratch) read(b []byte, at int64) error {
	if _, err := s.file.ReadAt(b, at); err != nil {
		return err
	}
	s.crypt(b, at)
	return nil
}

// crypt encrypts or decrypts what stands at a place of the file, by counting the
// blocks of the file.
func (s *scratch) crypt(b []byte, at int64) {
	var counter [aes.BlockSize]byte
	binary.BigEndian.PutUint64(counter[8:], uint64(at/aes.BlockSize))
	cipher.NewCTR(s.cipher, counter[:]).XORKeyStream(b, b)
}

func (s *scratch) close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	var err error
	if s.file != nil {
		err = s.file.Close()
		s.file = nil
	}
	if s.dir != "" {
		err = errors.Join(err, os.RemoveAll(s.dir))
		s.dir = ""
	}
	return err
}
