package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"

	"puntari/internal/cli"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"puntari": func() {
			os.Exit(cli.Main(context.Background(), os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
		},
	})
}

// TestScripts runs the stories of testdata/script, one file each. $EXAMPLES is
// the folder of the worked examples.
func TestScripts(t *testing.T) {
	examples, err := filepath.Abs("../../examples")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		UpdateScripts:       os.Getenv("UPDATE_SCRIPTS") != "",
		Cmds:                map[string]func(*testscript.TestScript, bool, []string){"review": review},
		Setup: func(e *testscript.Env) error {
			e.Setenv("EXAMPLES", examples)
			e.Setenv("LANG", "C")
			e.Setenv("PUNTARI_LANG", "")
			return nil
		},
	})
}

// review writes a reviewer's comment into the first input cell of a workbook, as
// a person would in a spreadsheet program.
func review(ts *testscript.TestScript, _ bool, args []string) {
	name := ts.MkAbs(args[0])
	f, err := excelize.OpenFile(name)
	ts.Check(err)
	defer f.Close()
	for _, n := range f.GetDefinedName() {
		if !strings.HasPrefix(n.Name, "in_") || strings.Contains(n.RefersTo, ":") {
			continue
		}
		sheet, cell, _ := strings.Cut(n.RefersTo, "!")
		ts.Check(f.SetCellStr(strings.Trim(sheet, "'"), strings.ReplaceAll(cell, "$", ""), "seen"))
		ts.Check(f.Save())
		return
	}
	ts.Fatalf("%s has no input cells", args[0])
}
