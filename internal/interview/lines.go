package interview

import (
	"bufio"
	"context"
	"errors"
	"io"
	"strings"
)

// longest is the longest line that is read.
const longest = 1 << 20

// lines reads lines while somebody waits for them, so that waiting can be broken
// off.
type lines struct {
	wanted chan struct{}
	found  chan line
	done   chan struct{}
}

type line struct {
	text string
	err  error
}

func newLines(r io.Reader) *lines {
	l := &lines{wanted: make(chan struct{}), found: make(chan line, 1), done: make(chan struct{})}
	go l.read(bufio.NewReader(r))
	return l
}

// read reads a line whenever one is wanted. The end of the input ends a line that
// nobody has finished: it is no answer.
func (l *lines) read(r *bufio.Reader) {
	for {
		select {
		case <-l.wanted:
		case <-l.done:
			return
		}
		var b strings.Builder
		var err error
		for err == nil {
			var part []byte
			part, err = r.ReadSlice('\n')
			b.Write(part)
			if errors.Is(err, bufio.ErrBufferFull) && b.Len() <= longest {
				err = nil
				continue
			}
			break
		}
		l.found <- line{strings.TrimSuffix(strings.TrimSuffix(b.String(), "\n"), "\r"), err}
	}
}

func (l *lines) stop() { close(l.done) }

// next waits for a line. The error is that of the context, or [ErrInput].
func (l *lines) next(ctx context.Context) (string, error) {
	if err := ctx.Err(); err != nil {
		return "", err
	}
	select {
	case l.wanted <- struct{}{}:
	case <-ctx.Done():
		return "", ctx.Err()
	}
	select {
	case x := <-l.found:
		if x.err != nil {
			return "", ErrInput
		}
		return strings.ToValidUTF8(x.text, "\uFFFD"), nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}
