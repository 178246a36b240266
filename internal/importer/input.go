package importer

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"strconv"

	"puntari/internal/descriptor"
)

// headSize is how much of a source is looked at to recognise its format.
const headSize = 64 << 10

// input is a source that is read piece by piece. A compressed source is
// unpacked on the way.
type input struct {
	r      *bufio.Reader
	limits Limits
	// pending holds bytes behind a value that ended within a line.
	pending []byte
	// position is that of the next byte.
	position
}

func newInput(ctx context.Context, src io.Reader, l Limits) (*input, error) {
	b := bufio.NewReaderSize(&contextReader{ctx, src}, headSize)
	if magic, _ := b.Peek(2); isGzip(magic) {
		z, err := gzip.NewReader(b)
		if err != nil {
			return nil, &ProblemError{descriptor.Problem{Code: codeUnfinished, Severity: descriptor.SeverityError}}
		}
		b = bufio.NewReaderSize(&contextReader{ctx, z}, headSize)
	}
	in := &input{r: b, limits: l, position: position{1, 1}}
	if bom, _ := b.Peek(3); bytes.Equal(bom, []byte("\xef\xbb\xbf")) {
		_, _ = b.Discard(3) // they have been peeked at
	}
	return in, nil
}

// contextReader ends with its context.
type contextReader struct {
	ctx context.Context
	r   io.Reader
}

func (c *contextReader) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(p)
}

// head is the beginning of what is left. An error shows when it is read.
func (in *input) head() []byte {
	head, _ := in.r.Peek(headSize)
	return head
}

// failed is the error that the source ends with within its head, other than its
// end.
func (in *input) failed() error {
	_, err := in.r.Peek(headSize)
	if err == nil || errors.Is(err, io.EOF) || errors.Is(err, bufio.ErrBufferFull) {
		return nil
	}
	return readError(err)
}

func (in *input) looksLikeJSON() bool {
	head := bytes.TrimLeft(in.head(), " \t\r\n")
	return len(head) > 0 && (head[0] == '{' || head[0] == '[')
}

// all is the rest of the source, which must not be larger than a document may be.
func (in *input) all() ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(in.r, int64(in.limits.Document)+1))
	if err != nil {
		return nil, readError(err)
	}
	if len(data) > in.limits.Document {
		return nil, tooLarge(in.limits.Document)
	}
	return data, nil
}

func tooLarge(limit int) *ProblemError {
	return &ProblemError{descriptor.Problem{
		Code: codeTooLarge, Params: map[string]string{"limit": strconv.Itoa(limit >> 20)}, Severity: descriptor.SeverityError,
	}}
}

// readError gives the errors of a compressed file a form for its owner.
func readError(err error) error {
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, gzip.ErrChecksum) || errors.Is(err, gzip.ErrHeader) {
		return &ProblemError{descriptor.Problem{Code: codeUnfinished, Severity: descriptor.SeverityError}}
	}
	return err
}

// piece is a JSON value of a source and where it begins.
type piece struct {
	data []byte
	at   position
	// tooLarge tells that data was not kept.
	tooLarge bool
}

// next is the next JSON value of the source; ok is false at the end. The first
// value may be as large as a document, because it may be the only one; the
// others are records. The value is valid until the next call with its buffer.
func (in *input) next(buffer []byte, first bool) (p piece, ok bool, err error) {
	limit := in.limits.Record
	if first {
		limit = max(limit, in.limits.Document)
	}
	p.data = buffer[:0]
	var s valueScanner
	for {
		chunk, atEnd, err := in.chunk()
		if err != nil {
			return p, false, err
		}
		if !s.begun {
			n := skipSpace(chunk, 0)
			in.pass(chunk[:n])
			chunk = chunk[n:]
			p.at = in.position
		}
		end, whole := s.scan(chunk)
		in.pass(chunk[:end])
		if rest := chunk[end:]; skipSpace(rest, 0) == len(rest) {
			in.pass(rest)
		} else {
			in.pending = bytes.Clone(rest)
		}
		if p.tooLarge = p.tooLarge || len(p.data)+end > limit; !p.tooLarge {
			p.data = append(p.data, chunk[:end]...)
		}
		switch {
		case whole:
			return p, true, nil
		case atEnd:
			return p, s.begun, nil
		case s.begun && in.column == 1 && s.endsBefore(in.r, first):
			return p, true, nil
		}
	}
}

// chunk is the next line of the source, or a part of a long one.
func (in *input) chunk() (chunk []byte, atEnd bool, err error) {
	if len(in.pending) > 0 {
		chunk, in.pending = in.pending, nil
		return chunk, false, nil
	}
	chunk, err = in.r.ReadSlice('\n')
	switch {
	case err == nil, errors.Is(err, bufio.ErrBufferFull):
		return chunk, false, nil
	case errors.Is(err, io.EOF):
		return chunk, true, nil
	}
	return nil, false, readError(err)
}

// valueScanner finds the end of a JSON value by its brackets.
type valueScanner struct {
	begun, inText, escaped bool
	depth                  int
	last                   byte // the last byte that is not white space
}

// scan looks at further bytes of the value. It returns how many belong to it and
// whether it ends there.
func (s *valueScanner) scan(data []byte) (n int, whole bool) {
	for i, c := range data {
		s.begun = true
		switch {
		case s.escaped:
			s.escaped = false
		case s.inText:
			switch c {
			case '\\':
				s.escaped = true
			case '"', '\n': // a text cannot go on over a line end
				s.inText = false
			}
		case c == '"':
			s.inText = true
		case c == '{' || c == '[':
			s.depth++
		case c == '}' || c == ']':
			if s.depth--; s.depth <= 0 {
				s.depth = 0
				return i + 1, true
			}
		case s.depth == 0 && c == '\n':
			return i + 1, true // a word or a number: no record
		}
		if !isSpace(c) {
			s.last = c
		}
	}
	return len(data), false
}

// endsBefore tells whether the line to come begins another record although the
// value is not finished: a record of a stream that was cut off must not take the
// rest along. The first value may be a document with a list written this way, so
// it ends only where nothing asks for more.
func (s *valueScanner) endsBefore(rest *bufio.Reader, first bool) bool {
	switch s.last {
	case ',', ':', '[', '{':
		if first {
			return false
		}
	}
	next, _ := rest.Peek(1)
	return s.depth > 0 && len(next) == 1 && next[0] == '{'
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }
