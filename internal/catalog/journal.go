package catalog

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"slices"

	"github.com/gofrs/flock"
	"github.com/klauspost/compress/s2"

	"puntari/internal/assessment"
	"puntari/internal/checklist"
	"puntari/internal/engine"
)

// journalSuffix ends the name of the folder of a journal.
const journalSuffix = ".resume"

// JournalName is the folder of the journal of an output.
func JournalName(output string) string { return output + journalSuffix }

// The results of a job are a frame of the journal: its length and checksum, then
// the results, compressed. A frame that a killed run left half written does not
// check, and nothing behind it is read.
const (
	frameHead   = 8
	maxFrame    = 1 << 30
	journalMark = "puntari-journal/2\n"
)

var checksums = crc32.MakeTable(crc32.Castagnoli)

// frame makes a frame of results.
func frame(results []byte) []byte {
	out := make([]byte, frameHead+s2.MaxEncodedLen(len(results)))
	packed := s2.Encode(out[frameHead:], results)
	out = out[:frameHead+len(packed)]
	binary.LittleEndian.PutUint32(out, uint32(len(packed)))
	binary.LittleEndian.PutUint32(out[4:], crc32.Checksum(packed, checksums))
	return out
}

// header says by what the results of a journal came about. Results of another
// header are not taken over.
type header struct {
	Tool    assessment.Tool    `json:"tool"`
	Digests assessment.Digests `json:"digests"`
	Day     string             `json:"day"`
	Today   string             `json:"today"`
	Lang    string             `json:"lang"`
	Ask     engine.Ask         `json:"ask"`
	Reports bool               `json:"reports"`
}

// ErrRunning says that another run writes into the same output.
var ErrRunning = errors.New("another run writes into the same output")

// Journal holds the results of a run on disk, in the order of the sources.
type Journal struct {
	folder string
	// lock is held while the journal is open; the system lets it go when the
	// process dies.
	lock      *flock.Flock
	catalogue *checklist.Catalogue
	file      *os.File
	out       *bufio.Writer
	start     int64 // where the frames begin
	old       []*os.File
	// known tells where results of interrupted runs are: the number of the file,
	// the offset of the frame and the place in it. It takes some 40 bytes for
	// each record that was assessed before the interruption.
	known map[[16]byte]place
}

type place struct {
	frame int64
	file  uint16
	index uint16
}

// openJournal opens the journals that interrupted runs have left and begins a
// new one beside them.
func openJournal(o *Options) (*Journal, error) {
	j := &Journal{folder: o.Journal, catalogue: o.catalogue(), known: map[[16]byte]place{}}
	if err := os.MkdirAll(j.folder, 0o755); err != nil {
		return nil, err
	}
	j.lock = flock.New(filepath.Join(j.folder, "lock"))
	if locked, err := j.lock.TryLock(); err != nil || !locked {
		return nil, errors.Join(ErrRunning, err)
	}
	h, err := json.Marshal(header{o.Tool, o.Engine.Digests(), o.Day, o.Today, o.Lang, o.Ask, o.Report != nil})
	if err != nil {
		return nil, errors.Join(err, j.Close())
	}
	head := slices.Concat([]byte(journalMark), h, []byte("\n"))
	names, err := filepath.Glob(filepath.Join(j.folder, "[0-9]*.journal"))
	if err != nil {
		return nil, errors.Join(err, j.Close())
	}
	last := 0
	for _, name := range names {
		n := 0
		_, _ = fmt.Sscanf(filepath.Base(name), "%d", &n) // a name of another kind counts as 0
		last = max(last, n)
		if o.Fresh {
			err = os.Remove(name)
		} else {
			err = j.takeOver(name, head)
		}
		if err != nil {
			return nil, errors.Join(err, j.Close())
		}
	}
	if j.file, err = os.Create(filepath.Join(j.folder, fmt.Sprintf("%06d.journal", last+1))); err != nil {
		return nil, errors.Join(err, j.Close())
	}
	j.start = int64(len(head))
	j.out = bufio.NewWriterSize(j.file, 1<<18)
	if _, err = j.out.Write(head); err != nil {
		return nil, errors.Join(err, j.Close())
	}
	return j, nil
}

// takeOver notes what an old journal holds. One that adds nothing goes.
func (j *Journal) takeOver(name string, head []byte) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	found := make([]byte, len(head))
	useful := false
	if _, err := io.ReadFull(f, found); err == nil && bytes.Equal(found, head) {
		number, d := uint16(len(j.old)), decoder{catalogue: j.catalogue}
		err = frames(f, int64(len(head)), func(offset int64, results []byte) error {
			return eachResult(results, func(_ string, i int, encoded []byte) error {
				sum, ok := digestOf(encoded, &d)
				if _, have := j.known[sum]; ok && !have && i <= 1<<16-1 {
					j.known[sum] = place{offset, number, uint16(i)}
					useful = true
				}
				return nil
			})
		})
		if err != nil && !errors.Is(err, errCorrupt) {
			return errors.Join(err, f.Close())
		}
	}
	if !useful {
		return errors.Join(f.Close(), os.Remove(name))
	}
	j.old = append(j.old, f)
	return nil
}

// digestOf is the beginning of the digest of a result that can be taken over.
func digestOf(encoded []byte, d *decoder) (sum [16]byte, ok bool) {
	var r Result
	if d.decode(encoded, &r) != nil || r.Failed() {
		return sum, false
	}
	full, ok := parseDigest(r.Digest)
	copy(sum[:], full)
	return sum, ok
}

// frames reads the frames of a file from an offset on, until one does not check.
func frames(f *os.File, from int64, fn func(offset int64, results []byte) error) error {
	info, err := f.Stat()
	if err != nil {
		return err
	}
	in := bufio.NewReaderSize(io.NewSectionReader(f, from, info.Size()-from), 1<<18)
	var packed, results []byte
	for offset := from; ; {
		var head [frameHead]byte
		if _, err := io.ReadFull(in, head[:]); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return errCorrupt
		}
		n := int64(binary.LittleEndian.Uint32(head[:]))
		if n > maxFrame || n > info.Size()-offset-frameHead {
			return errCorrupt
		}
		packed = slices.Grow(packed[:0], int(n))[:n]
		if _, err := io.ReadFull(in, packed); err != nil {
			return errCorrupt
		}
		if results, err = unpack(head, packed, results); err != nil {
			return err
		}
		if err := fn(offset, results); err != nil {
			return err
		}
		offset += frameHead + n
	}
}

func unpack(head [frameHead]byte, packed, into []byte) ([]byte, error) {
	if crc32.Checksum(packed, checksums) != binary.LittleEndian.Uint32(head[4:]) {
		return nil, errCorrupt
	}
	if n, err := s2.DecodedLen(packed); err != nil || n > maxFrame {
		return nil, errCorrupt
	}
	out, err := s2.Decode(into[:cap(into)], packed)
	if err != nil {
		return nil, errCorrupt
	}
	return out, nil
}

// eachResult calls fn with the encoded results of a frame.
func eachResult(results []byte, fn func(source string, index int, encoded []byte) error) error {
	in := &cursor[[]byte]{data: results}
	source := string(in.text())
	for i := 0; len(in.data) > 0; i++ {
		encoded := in.text()
		if in.damaged {
			return errCorrupt
		}
		if err := fn(source, i, encoded); err != nil {
			return err
		}
	}
	return nil
}

// oldFrames is the frame of an old journal that a worker has looked at last:
// records come in the order in which they came before.
type oldFrames struct {
	at      place
	loaded  bool
	results [][]byte
}

// reuse returns the encoded result of a descriptor that was assessed before, or nil.
func (j *Journal) reuse(sum [sha256.Size]byte, cache *oldFrames) []byte {
	at, ok := j.known[[16]byte(sum[:16])]
	if !ok {
		return nil
	}
	if !cache.loaded || cache.at.file != at.file || cache.at.frame != at.frame {
		results, err := j.load(at)
		if err != nil {
			return nil
		}
		*cache = oldFrames{at, true, results}
	}
	if int(at.index) >= len(cache.results) {
		return nil
	}
	return cache.results[at.index]
}

func (j *Journal) load(at place) ([][]byte, error) {
	var head [frameHead]byte
	f := j.old[at.file]
	if _, err := f.ReadAt(head[:], at.frame); err != nil {
		return nil, err
	}
	packed := make([]byte, binary.LittleEndian.Uint32(head[:]))
	if _, err := f.ReadAt(packed, at.frame+frameHead); err != nil {
		return nil, err
	}
	results, err := unpack(head, packed, nil)
	if err != nil {
		return nil, err
	}
	var list [][]byte
	err = eachResult(results, func(_ string, _ int, encoded []byte) error {
		list = append(list, encoded)
		return nil
	})
	return list, err
}

// write appends a frame.
func (j *Journal) write(frame []byte) error {
	_, err := j.out.Write(frame)
	return err
}

// finish ends the writing; the results can be read then.
func (j *Journal) finish() error {
	for _, f := range j.old {
		_ = f.Close() // only read from
	}
	j.old, j.known = nil, nil
	if err := j.out.Flush(); err != nil {
		return errors.Join(err, j.Close())
	}
	return nil
}

// Each calls fn with every result in the order of the sources. The result is
// valid until fn returns. What follows is read meanwhile.
func (j *Journal) Each(fn func(*Result) error) error {
	batches, stop := make(chan []Result, 1), make(chan struct{})
	var failed error
	go func() {
		defer close(batches)
		failed = j.decode(func(batch []Result) bool {
			select {
			case batches <- batch:
				return true
			case <-stop:
				return false
			}
		})
	}()
	defer func() { // the file is not read from after this
		close(stop)
		for range batches {
		}
	}()
	for batch := range batches {
		for i := range batch {
			if err := fn(&batch[i]); err != nil {
				return err
			}
		}
	}
	return failed
}

// batches decodes the results of one frame after the other.
type batches struct {
	decoder
	source string
	n      int // records of the source so far
}

// of are the results of a frame.
func (b *batches) of(results []byte) ([]Result, error) {
	var batch []Result
	err := eachResult(results, func(from string, _ int, encoded []byte) error {
		if from != b.source {
			b.source, b.n = from, 0
		}
		b.n++
		batch = append(batch, Result{Source: from, Record: b.n})
		return b.decode(encoded, &batch[len(batch)-1])
	})
	return batch, err
}

// each calls fn with each of the results of a frame.
func (b *batches) each(results []byte, fn func(*Result) error) error {
	batch, err := b.of(results)
	for i := range batch {
		if err == nil {
			err = fn(&batch[i])
		}
	}
	return err
}

// decode gives the results frame by frame, until give returns false.
func (j *Journal) decode(give func([]Result) bool) error {
	b := batches{decoder: decoder{catalogue: j.catalogue}}
	stopped := errors.New("stopped")
	err := frames(j.file, j.start, func(_ int64, results []byte) error {
		batch, err := b.of(results)
		if err == nil && !give(batch) {
			err = stopped
		}
		return err
	})
	if errors.Is(err, stopped) {
		return nil
	}
	return err
}

// Close closes the journal and leaves it for the next run.
func (j *Journal) Close() error {
	var errs []error
	if j.out != nil {
		errs = append(errs, j.out.Flush())
	}
	if j.file != nil {
		errs = append(errs, j.file.Close())
	}
	for _, f := range j.old {
		errs = append(errs, f.Close())
	}
	errs = append(errs, j.lock.Unlock())
	j.out, j.file, j.old = nil, nil, nil
	return errors.Join(errs...)
}

// Remove takes the journal away, when all outputs have been written.
func (j *Journal) Remove() error {
	return errors.Join(j.Close(), os.RemoveAll(j.folder))
}
