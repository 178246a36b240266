// Command sample writes invented dataset descriptors, one a line: the inventory
// of a city, for benchmarks and for trying the catalogue command.
//
//	go run ./internal/sample 5000 > inventory.ndjson
//	go run ./internal/sample -seed 7 -files inventory/ 5000
//
// With -people it writes a table of invented people instead, for trying and
// measuring the describe command, and with -tables files of a whole city with
// what is true of their columns.
//
//	go run ./internal/sample -people 3400000 > people.csv
//	go run ./internal/sample -tables files/
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"

	"puntari/internal/checklist"
	"puntari/internal/sample/city"
	"puntari/internal/sample/register"
	"puntari/internal/sample/tables"
)

func main() {
	seed := flag.Uint64("seed", 1, "the same seed gives the same descriptors")
	files := flag.String("files", "", "write one file for each descriptor into this `folder`")
	broken := flag.Int("broken", 0, "make every `n`th line unreadable")
	people := flag.Bool("people", false, "write a table of people as CSV")
	data := flag.String("tables", "", "write data files into this `folder`, and no descriptors")
	second := flag.Bool("second", false, "with -tables, the files of the second city")
	flag.Parse()
	if *data != "" {
		files := tables.New
		if *second {
			files = tables.Second
		}
		if err := writeTables(*data, files, *seed); err != nil {
			fmt.Fprintln(os.Stderr, "sample:", err)
			os.Exit(1)
		}
		return
	}
	n, err := strconv.Atoi(flag.Arg(0))
	switch {
	case err != nil || n < 0:
		err = errors.New("usage: sample [-seed N] [-files FOLDER] [-broken N] [-people] COUNT, or sample [-seed N] -tables FOLDER")
	case *people:
		err = writePeople(os.Stdout, n, *seed)
	case *files != "":
		err = writeFiles(*files, city.New(*seed), n)
	default:
		err = write(os.Stdout, city.New(*seed), n, *broken)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "sample:", err)
		os.Exit(1)
	}
}

func writePeople(w io.Writer, n int, seed uint64) error {
	c, err := checklist.Builtin()
	if err != nil {
		return err
	}
	return register.Write(w, n, seed, c)
}

// write writes n lines.
func write(to io.Writer, g *city.Generator, n, broken int) error {
	w := bufio.NewWriterSize(to, 1<<20)
	for i := range n {
		line := g.Line(i)
		if broken > 0 && i%broken == broken-1 {
			line = append(line[:len(line)/2], '\n')
		}
		if _, err := w.Write(line); err != nil {
			return err
		}
	}
	return w.Flush()
}

// writeFiles writes n files, a thousand to a folder.
func writeFiles(folder string, g *city.Generator, n int) error {
	for i := range n {
		dir := filepath.Join(folder, fmt.Sprintf("%03d", i/1000))
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%06d.json", i)), g.Line(i), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// writeTables writes the data files, and beside them truth.json with what is
// true of their columns.
func writeTables(folder string, files func(seed uint64) ([]tables.Table, error), seed uint64) error {
	all, err := files(seed)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	for i := range all {
		if err := os.WriteFile(filepath.Join(folder, all[i].File), all[i].Data, 0o644); err != nil {
			return err
		}
	}
	truth, err := json.MarshalIndent(all, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(folder, "truth.json"), append(truth, '\n'), 0o644)
}
