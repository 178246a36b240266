package table

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"os"
	"sync"
	"sync/atomic"
	"unicode/utf8"

	"golang.org/x/sync/errgroup"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// scan is one reading of a file: a producer cuts it into blocks, workers parse
// them and hand them on.
type scan struct {
	ctx      context.Context
	f        *File
	workers  int
	progress func(int64)
	fn       func(int, *Block) error
	raw      []io.Writer
	// apart are the blocks with rows that may be set apart, under mu.
	apart map[int]bool
	mu    sync.Mutex

	total, ragged, bytes, foreign atomic.Int64
	totals, notes, doubtful       atomic.Int64
	pool                          sync.Pool
}

func newScan(ctx context.Context, f *File, workers int, progress func(int64), fn func(int, *Block) error) *scan {
	return &scan{ctx: ctx, f: f, workers: workers, progress: progress, fn: fn, apart: map[int]bool{}, pool: sync.Pool{New: func() any { return new(Block) }}}
}

func (s *scan) stats() Stats {
	return Stats{Rows: s.total.Load(), Ragged: s.ragged.Load(), Bytes: s.bytes.Load(), Foreign: s.foreign.Load(),
		Totals: s.totals.Load(), Notes: s.notes.Load(), Doubtful: s.doubtful.Load()}
}

// run connects a producer with the workers.
func (s *scan) run(produce func(send func(*Block) error) error, parse func(*Block) error) error {
	g, ctx := errgroup.WithContext(s.ctx)
	queue := make(chan *Block, s.workers)
	g.Go(func() error {
		defer close(queue)
		seq := 0
		return produce(func(b *Block) error {
			b.Seq = seq
			seq++
			select {
			case queue <- b:
				return nil
			case <-ctx.Done():
				return ctx.Err()
			}
		})
	})
	for w := range s.workers {
		g.Go(func() error {
			for b := range queue {
				if err := ctx.Err(); err != nil {
					return err
				}
				if parse != nil {
					if err := parse(b); err != nil {
						return err
					}
				}
				s.setApart(b)
				s.total.Add(int64(b.Rows))
				s.ragged.Add(int64(b.ragged))
				if err := s.fn(w, b); err != nil {
					return err
				}
				s.pool.Put(b)
			}
			return nil
		})
	}
	return g.Wait()
}

// text reads a text: cut finds where the last whole record of the bytes ends.
func (s *scan) text(cut func(b []byte, last bool) (int, error), parse func(*Block) error) error {
	return s.run(func(send func(*Block) error) error {
		r, close, err := s.f.reader(s.progress, s.raw...)
		if err != nil {
			return err
		}
		defer close()
		return s.blocks(r, cut, send)
	}, parse)
}

// blocks cuts a text into blocks of whole records.
func (s *scan) blocks(r io.Reader, cut func([]byte, bool) (int, error), send func(*Block) error) error {
	size := s.f.opts.Blocks
	var rest []byte
	line, first := int64(1), true
	for last := false; !last; {
		b := s.pool.Get().(*Block)
		b.text = append(b.text[:0], rest...)
		buf := b.text
		var end int
		for {
			have := len(buf)
			if cap(buf) < have+size {
				buf = append(make([]byte, 0, have+size+size/8), buf...)
			}
			n, err := io.ReadFull(r, buf[have:have+size])
			buf = buf[:have+n]
			s.bytes.Add(int64(n))
			switch {
			case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
				last = true
			case err != nil:
				return damaged(err, line)
			}
			if end, err = cut(buf, last); err != nil {
				return at(err, line)
			}
			if end > 0 && (!first || end >= s.f.dataStart) || last {
				break
			}
			if len(buf) > maxRecord {
				return at(longRecord(buf), line)
			}
		}
		rest = append(rest[:0], buf[end:]...)
		b.text = buf[:end]
		if n := bytes.Count(b.text, newline); n <= s.mostRows() {
			b.lines, b.line, b.first = n, line, first
			if err := send(b); err != nil {
				return err
			}
			line, first = line+int64(n), false
			continue
		}
		for text := b.text; len(text) > 0; {
			least := 1
			if first {
				least = s.f.dataStart
			}
			p := s.pool.Get().(*Block)
			p.text = append(p.text[:0], s.piece(text, least, cut)...)
			text = text[len(p.text):]
			p.lines, p.line, p.first = bytes.Count(p.text, newline), line, first
			line, first = line+int64(p.lines), false
			if err := send(p); err != nil {
				return err
			}
		}
		s.pool.Put(b)
	}
	return nil
}

// mostRows is how many rows a block may have, so that many columns with little in
// them do not fill the memory.
func (s *scan) mostRows() int { return max(1, cellsPerBlock/max(1, len(s.f.Columns))) }

// piece is the beginning of a text of whole records with few enough rows for a
// block, and at least so many bytes.
func (s *scan) piece(text []byte, least int, cut func([]byte, bool) (int, error)) []byte {
	for rows := s.mostRows(); ; rows *= 2 {
		to := 0
		for range rows {
			n := bytes.IndexByte(text[to:], '\n')
			if n < 0 {
				return text
			}
			to += n + 1
		}
		if end, _ := cut(text[:to], false); end >= least {
			return text[:end]
		}
	}
}

var newline = []byte{'\n'}

// at adds the line of the block to the line within it.
func at(err error, line int64) error {
	var p *Problem
	if errors.As(err, &p) && p.Line > 0 {
		p.Line += line - 1
	}
	return err
}

// damaged is an error of the stream below: a broken archive, not the file system.
func damaged(err error, line int64) error {
	var path *os.PathError
	if errors.As(err, &path) {
		return err
	}
	if errors.Is(err, context.Canceled) {
		return err
	}
	return problem(CodeDamaged, line)
}

// decode makes the text of a block UTF-8.
func (s *scan) decode(b *Block) {
	t := s.f.table
	if t == nil {
		if valid(b.text) {
			return
		}
		s.foreign.Add(1)
		t = singleByte("windows-1252")
	} else if !hasHigh(b.text) {
		return
	}
	b.text = widen(make([]byte, 0, len(b.text)+len(b.text)/4), b.text, t)
}

func hasHigh(b []byte) bool { return ascii(b) < len(b) }

// ascii is the length of the part of a text before the first byte that is not
// ASCII.
func ascii(b []byte) int {
	const high = 0x8080808080808080
	i := 0
	for ; len(b)-i >= 32; i += 32 {
		w := b[i : i+32]
		if (binary.LittleEndian.Uint64(w)|binary.LittleEndian.Uint64(w[8:])|binary.LittleEndian.Uint64(w[16:])|binary.LittleEndian.Uint64(w[24:]))&high != 0 {
			break
		}
	}
	for i < len(b) && b[i] < utf8.RuneSelf {
		i++
	}
	return i
}

// valid is utf8.Valid, some four times as fast on texts with few characters that
// are not ASCII.
func valid(b []byte) bool {
	for {
		b = b[ascii(b):]
		if len(b) == 0 {
			return true
		}
		for len(b) > 0 && b[0] >= utf8.RuneSelf {
			r, n := utf8.DecodeRune(b)
			if r == utf8.RuneError && n == 1 {
				return false
			}
			b = b[n:]
		}
	}
}

// rows reads rows that come one after the other.
func (s *scan) rows(each func(progress func(int64), fn func(row [][]byte) error) error) error {
	return s.run(func(send func(*Block) error) error {
		var b *Block
		most := min(rowsPerBlock, s.mostRows())
		begin := func() {
			b = s.pool.Get().(*Block)
			b.text = b.text[:0]
			b.reset(len(s.f.Columns), most)
		}
		begin()
		skip := s.f.Dialect.Titles
		if s.f.Dialect.Header && s.f.Dialect.Format == XLSX {
			skip++
		}
		n := 0
		err := each(s.progress, func(row [][]byte) error {
			n++
			if n <= skip {
				if n <= s.f.Dialect.Titles { // the header itself is looked at elsewhere
					for _, cell := range row {
						b.Beyond = append(b.Beyond, append([]byte(nil), cell...))
					}
				}
				return nil
			}
			b.add(row)
			if b.Rows < most && len(b.text) < maxRecord {
				return nil
			}
			s.bytes.Add(int64(len(b.text)))
			if err := send(b); err != nil {
				return err
			}
			begin()
			return nil
		})
		if err != nil {
			return err
		}
		s.bytes.Add(int64(len(b.text)))
		return send(b)
	}, nil)
}

// reader opens the text of the file, unpacked; UTF-16 is decoded on the way,
// other encodings later, block by block.
func (f *File) reader(progress func(int64), raw ...io.Writer) (io.Reader, func(), error) {
	file, err := os.Open(f.path)
	if err != nil {
		return nil, nil, err
	}
	var r io.Reader = &counted{r: file, progress: progress, raw: raw}
	if f.Dialect.Gzip {
		z, err := gzip.NewReader(r)
		if err != nil {
			file.Close()
			return nil, nil, problem(CodeDamaged, 0)
		}
		r = packed{z}
	}
	switch f.Dialect.Encoding {
	case "utf-16le":
		r = transform.NewReader(r, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder())
	case "utf-16be":
		r = transform.NewReader(r, unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewDecoder())
	default:
		r = &withoutMark{r: r}
	}
	if f.returns {
		r = lineFeeds{r}
	}
	return r, func() { file.Close() }, nil
}

// packed tells a stream that is cut off from one that ends, which io.ReadFull
// reports alike.
type packed struct{ r io.Reader }

func (p packed) Read(b []byte) (int, error) {
	n, err := p.r.Read(b)
	if errors.Is(err, io.ErrUnexpectedEOF) {
		err = problem(CodeDamaged, 0)
	}
	return n, err
}

// counted tells how much has been read, and copies it.
type counted struct {
	r        io.Reader
	n        int64
	progress func(int64)
	raw      []io.Writer
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	c.progress(c.n)
	for _, w := range c.raw {
		if _, err := w.Write(p[:n]); err != nil {
			return n, err
		}
	}
	return n, err
}

// withoutMark leaves out the byte order mark of UTF-8.
type withoutMark struct {
	r     io.Reader
	begun bool
	rest  []byte
}

func (w *withoutMark) Read(p []byte) (int, error) {
	if !w.begun {
		w.begun = true
		mark := make([]byte, 3)
		n, err := io.ReadFull(w.r, mark)
		if string(mark[:n]) != "\xEF\xBB\xBF" {
			w.rest = mark[:n]
		}
		if err != nil && len(w.rest) == 0 {
			return 0, io.EOF
		}
	}
	if len(w.rest) > 0 {
		n := copy(p, w.rest)
		w.rest = w.rest[n:]
		return n, nil
	}
	return w.r.Read(p)
}

// lineFeeds makes line feeds of the carriage returns that end the lines in files
// of old systems.
type lineFeeds struct{ r io.Reader }

func (l lineFeeds) Read(p []byte) (int, error) {
	n, err := l.r.Read(p)
	for i, c := range p[:n] {
		if c == '\r' {
			p[i] = '\n'
		}
	}
	return n, err
}

// unpackedHead is the beginning of a packed text.
func (f *File) unpackedHead() ([]byte, error) {
	file, err := os.Open(f.path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	z, err := gzip.NewReader(file)
	if err != nil {
		return nil, problem(CodeDamaged, 0)
	}
	head := make([]byte, sniffSize)
	n, err := io.ReadFull(z, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return nil, problem(CodeDamaged, 0)
	}
	return head[:n], nil
}
