package spreadsheet

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
)

// Limits are how large a workbook may be that somebody sends.
type Limits struct {
	// File is the size of the file, and Part and Total are the sizes of a part and
	// of all parts unpacked, in bytes.
	File, Part, Total int64
	// Parts is how many parts there may be.
	Parts int
	// Ratio is how many times larger a part of more than a megabyte may become when
	// it is unpacked.
	Ratio uint64
}

// What can be wrong with a file as a whole.
var (
	ErrTooLarge    = errors.New("the workbook is larger than any that people fill in")
	ErrNotWorkbook = errors.New("not an Excel workbook")
)

// Open opens a package by its directory, before anything of it is unpacked. The
// error wraps [ErrTooLarge] or [ErrNotWorkbook].
func (l Limits) Open(r io.ReaderAt, size int64) (*zip.Reader, error) {
	if size > l.File {
		return nil, ErrTooLarge
	}
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNotWorkbook, err)
	}
	if len(z.File) > l.Parts {
		return nil, ErrTooLarge
	}
	total := uint64(0)
	seen := make(map[string]bool, len(z.File))
	for _, e := range z.File {
		if e.UncompressedSize64 > uint64(l.Part) {
			return nil, ErrTooLarge
		}
		total += e.UncompressedSize64
		if total > uint64(l.Total) || e.UncompressedSize64 > 1<<20 && e.UncompressedSize64/max(1, e.CompressedSize64) > l.Ratio {
			return nil, ErrTooLarge
		}
		if seen[e.Name] {
			return nil, fmt.Errorf("%w: the part %q is there twice", ErrNotWorkbook, e.Name)
		}
		seen[e.Name] = true
	}
	return z, nil
}
