module sdk-check

go 1.23
