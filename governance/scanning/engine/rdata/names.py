"""Functions of R: those that act on the machine, and those that ordinary models mention."""

from __future__ import annotations

from governance.scanning.engine.words import words

DENIED = words("""system system2 shell shell.exec dyn.load library.dynam .C .Call .External .External2 .Fortran .Internal
    source sys.source eval evalq parse str2lang str2expression url pipe fifo socketConnection download.file unlink
    file.remove file.rename file.copy file.create writeLines writeBin readLines readBin scan sink Sys.setenv Sys.getenv
    install.packages readRDS unserialize load loadNamespace attachNamespace delayedAssign makeActiveBinding reg.finalizer
    processx::run exec_wait exec_internal run Rscript curl_fetch_memory GET POST httr::GET httr::POST quit q setwd
    file.edit browseURL file do.call match.fun as.function get get0 mget assign""")
"""Called from anything that R would evaluate, these run programs, reach files or the network, or hide what is called."""

PLAIN = words("""~ ( { + - * / ^ : %in% %% %/% %*% | & ! < > <= >= == != $ @ [ [[ = <- c list I lm glm nls loess gam aov
    data.frame cbind rbind log log2 log10 log1p exp sqrt abs sin cos tan poly ns bs factor ordered as.factor as.numeric
    as.character as.integer offset interaction relevel cut scale s te ti strata Surv cluster coxph survreg rpart tree
    randomForest xgboost xgb.train gbm svm nnet multinom kmeans prcomp princomp hclust dist arima ets lda qda naiveBayes
    train ranger glmnet cv.glmnet lmer glmer binomial gaussian poisson Gamma quasibinomial quasipoisson na.omit
    na.exclude pmin pmax mean median min max sum length nrow ncol matrix numeric character logical integer structure
    array seq seq_len rep is.na ifelse setNames names formula terms model.frame model.matrix stats::lm stats::glm subset
    with within t crossprod""")
"""Heads of calls in formulas and in what a model remembers of how it was made."""

PACKAGES = words(
    "base stats utils methods graphics grDevices datasets splines tools stats4 grid parallel compiler"
)
"""Packages that come with R itself."""
