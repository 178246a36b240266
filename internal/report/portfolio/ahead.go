package portfolio

import "io"

// ahead hands what is written on to a writer in a goroutine of its own, so that
// the rows that follow are put together while those before are compressed.
type ahead struct {
	full, empty chan []byte
	done        chan error
}

func newAhead(to io.Writer) *ahead {
	const pieces = 4
	a := &ahead{make(chan []byte, pieces), make(chan []byte, pieces), make(chan error, 1)}
	for range pieces {
		a.empty <- nil
	}
	go func() {
		var err error
		for piece := range a.full {
			if err == nil {
				_, err = to.Write(piece)
			}
			a.empty <- piece
		}
		a.done <- err
	}()
	return a
}

// Write takes a copy of p; an error of the writer is that of close.
func (a *ahead) Write(p []byte) (int, error) {
	a.full <- append((<-a.empty)[:0], p...)
	return len(p), nil
}

// close waits until all is written. Nothing may be written after it.
func (a *ahead) close() error {
	close(a.full)
	return <-a.done
}
